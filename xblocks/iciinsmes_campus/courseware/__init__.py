"""Courses from OLX folders, and the runtime that brings their blocks to life."""
