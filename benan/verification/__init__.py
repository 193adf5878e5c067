"""Whether a person is a victim: from the notice to a finding, under every branch of the procedure."""
