"""Lines and rows that are no data: totals, remarks, cancelled orders, tables that are counted already."""
