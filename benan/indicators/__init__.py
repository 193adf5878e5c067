"""What is each indicator of the plan, counted over every register that it needs?

It owns no tables. A number has one definition (`measures`), asked live: pages, command and printed report cannot
disagree. Which clause of which plan asks for a measure, and how much is to be reached, is for the plan to say.
"""
