"""Where does each person's file stand, and who holds it?

It owns receptions, files, tracks, steps, clocks and findings. It promises that every change is one verb of
`actions`, that a file's history is only added to, and that a stranger cannot tell a file from nothing.
"""
