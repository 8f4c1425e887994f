"""Who takes over: the ledger of functions, their money, the institutions that receive them, and what people need."""
