"""What does an agency report for a period, and what does the province make of all reports?

It owns periods, the returns of agencies and their steps. Figures come from `plan` and `indicators`; what a return says is frozen
when it is submitted, and from then on only a later return replaces it.
"""
