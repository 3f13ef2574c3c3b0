"""Measurements: run by hand or from `make bench`, never by the tests."""
