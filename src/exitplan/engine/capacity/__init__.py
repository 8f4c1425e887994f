"""What the national institutions can carry: people on duty and their quality, month by month."""
