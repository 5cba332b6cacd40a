"""One module a noun; `quotes.main` only includes them."""
