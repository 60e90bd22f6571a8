"""What `make bench` measures: queries, server times and bytes of each page, and the drawing."""
