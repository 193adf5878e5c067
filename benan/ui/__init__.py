"""How pages look: base templates, error pages, components, drawings, form fields, template tags, static files.

It owns no tables and knows no domain nouns. What a page says of navigation, the officer and the plan comes from the
context processors of the apps above, as data.
"""
