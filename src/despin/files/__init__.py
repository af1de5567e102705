"""Reading and writing files without losing anything."""
