"""The measures as queries over every register: what the stored standings are compared with."""
