"""Scholarly services, one a file, all of one shape, behind one HTTP client."""
