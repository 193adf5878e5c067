"""What does a province look like in which Bến An has been at work for years?

A cast of officers, some sixty lives, and the work of agencies under the plan, all fictional (dữ liệu giả lập), as lists
of dated lines. They are played by the program's own verbs, so that whatever the demo shows could have come about by
people at work.
"""
