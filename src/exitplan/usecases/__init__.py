"""What people do: one function each, carrying values from room to room. The only room besides the doors that asks the clock."""
