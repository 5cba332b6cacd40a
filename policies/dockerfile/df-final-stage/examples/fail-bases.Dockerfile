FROM mcr.microsoft.com/dotnet/sdk:9.0 AS a
FROM a AS b
FROM b
