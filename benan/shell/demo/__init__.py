"""What does a province look like in which Bến An has been at work for years?

A cast of officers and some sixty lives, all fictional (dữ liệu giả lập), each life a list of dated lines. They are
played by the program's own verbs, so that whatever the demo shows could have come about by people at work.
"""
