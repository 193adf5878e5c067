"""Support on the way home: needs and danger asked about together, referral, stay, return, visits."""
