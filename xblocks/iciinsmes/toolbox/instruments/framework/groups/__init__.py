"""Groups beside each other: shares with their table and chart, and how far people agree on an order."""
