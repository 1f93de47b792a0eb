"""What every room uses and none owns: no module here knows a room, a host or a table of the add-on."""
