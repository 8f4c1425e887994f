"""Where a mission stands against the frameworks it is held to, and due diligence for supported forces."""
