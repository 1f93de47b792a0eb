"""Reports for teachers and coordinators: each as a page, for print, as CSV and as an Excel file."""
