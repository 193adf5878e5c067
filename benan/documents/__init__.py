"""Which files were stored, cleaned and sealed, and which papers came to and left each office?"""
