module hallmark.tools/pause

go 1.25
