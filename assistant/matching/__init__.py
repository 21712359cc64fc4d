"""Matching an applicant against the whole rule book: every programme, its verdict, money and dates."""
