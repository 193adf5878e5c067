"""The component of a card."""

import re

from django.template import Context, Template


def shown(source, **values):
    """A template rendered, with its whitespace made single."""
    return re.sub(r"\s+", " ", Template(source).render(Context(values)))


def test_a_card_has_a_title_that_names_it_and_a_quiet_note():
    page = shown(
        '{% card title note=count id="here" look="quiet" padded=True %}<p>x</p>{% endcard %}', title="A & B", count=0
    )
    assert '<section class="card quiet" aria-labelledby="here">' in page
    assert '<h2 id="here">A &amp; B</h2>' in page and '<span class="muted small">0</span>' in page
    assert '<div class="card-body"><p>x</p></div>' in page


def test_a_card_without_a_title_has_no_header():
    page = shown('{% card label="words" %}x{% endcard %}')
    assert "<header" not in page and 'aria-label="words"' in page and "card-body" not in page


def test_what_stands_beside_a_title_may_be_markup():
    page = shown(
        "{% slot as side %}<a>{{ name }}</a>{% endslot %}{% card name beside=side %}x{% endcard %}", name="<b>"
    )
    assert "<h2>&lt;b&gt;</h2> <a>&lt;b&gt;</a>" in page
