"""What is each indicator of the plan, counted over every register that it needs?

A number has one definition (`measures`). Where each case stands is written down when the case changes (`standings`) and counted
when somebody asks (`counting`), so pages, command and printed report cannot disagree. Which clause of which plan asks for a
measure, and how much is to be reached, is for the plan to say.
"""
