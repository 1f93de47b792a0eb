"""Tests of sheets and archives."""
