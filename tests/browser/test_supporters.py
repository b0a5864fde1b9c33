"""Who made the winner: rings, the way to its supporters and back, links that are pointed at, votes that oppose."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.asking import TRACE_OF_PAGE, Array
from tests.browser.conftest import NewPage
from tests.browser.eyes import picture
from tests.browser.waiting import address, at_rest, open_digit, open_section, until

# Where the link of a capsule to a class passes the middle of its way, in the window.
LINK = """async ([capsule, label]) => {
  const { theatreLayout } = await import("/static/js/charts/theatre.js");
  const { geometryOf } = await import("/static/js/capsules/geometry.js");
  const { models, default: first } = await (await fetch("/api/models")).json();
  const box = document.getElementById("links").getBoundingClientRect();
  const { clientWidth } = document.getElementById("primary");
  const geometry = geometryOf(models.find(({ name }) => name === first));
  const { x, y, cell, linkStart, linkEnd, anchors } = theatreLayout(geometry, box.width, box.height, clientWidth);
  const [begin, top, t, s] = [x[capsule] + cell, y[capsule] + cell / 2, 0.8, 0.2];
  const middle = (Math.max(begin, linkStart) + linkEnd) / 2;
  const px = s ** 3 * begin + 3 * s * t * middle + t ** 3 * linkEnd;
  return [box.x + px, box.y + top + (anchors[label] - top) * t * t * (3 - 2 * t)];
}"""


def support(page: Page, label: int) -> tuple[Array, Array]:
    """What each primary capsule adds to the length of a class's sum (P), and its couplings (P), at the end."""
    answer = page.evaluate(TRACE_OF_PAGE, "/api/trace?iterations=3")["tensors"]
    couplings = np.array(answer["coupling_coefficients"])[-1, :, label]
    return couplings * np.array(answer["agreement"])[-1, :, label] / answer["lengths"][-1][label], couplings


def test_from_the_winner_to_those_that_made_it_and_back_by_keyboard(page: Page) -> None:
    open_digit(page)
    terms, _ = support(page, 7)
    order = np.argsort(-terms)[:10].tolist()
    page.locator("#inspector [data-supporters]").focus()
    page.keyboard.press("Enter")
    buttons = page.locator(".supporters button")
    expect(buttons).to_have_count(10)
    share = 100 * terms[order[0]] / terms[terms > 0].sum()
    expect(buttons.first).to_have_text(f"capsule {order[0] + 1}: {share:.1f} %")
    assert [int(button.get_attribute("data-capsule") or -1) for button in buttons.all()] == order
    expect(buttons.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#inspector h3")).to_have_text(f"Primary capsule {order[0] + 1} of 1,152")
    back = page.get_by_role("button", name="Back to class 7")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#inspector h3")).to_have_text("Class capsule 7")
    expect(buttons).to_have_count(10)
    until(lambda: "capsule=" not in address(page) and "owns=7" in address(page), "the link follows")


def test_the_supporters_follow_the_iteration(page: Page) -> None:
    open_digit(page, 18, "&owns=3")
    last = page.locator(".supporters button").all_inner_texts()
    page.locator("#scrub").fill("1")
    until(lambda: page.locator(".supporters button").all_inner_texts() != last, "others, or other shares")


def test_rings_stand_around_the_supporters_of_the_lit_class(page: Page) -> None:
    open_digit(page)
    rings = picture(page.locator("#primary"))
    page.keyboard.press("2")
    until(lambda: picture(page.locator("#primary")) != rings, "those of another class")
    page.keyboard.press("2")
    until(lambda: picture(page.locator("#primary")) == rings, "and of the winner again")


def test_a_link_tells_its_capsule_its_class_and_its_coupling(page: Page) -> None:
    open_digit(page)
    terms, couplings = support(page, 7)
    capsule = int(terms.argmax())
    caption = page.locator("#link-caption")
    rest = caption.inner_text()
    page.mouse.move(*page.evaluate(LINK, [capsule, 7]))
    expect(caption).to_have_text(f"capsule {capsule + 1} → 7: c = {couplings[capsule]:.2f}")
    expect(page.locator("#inspector")).to_contain_text(f"Primary capsule {capsule + 1} of")
    expect(page.locator("#links")).to_have_attribute("data-links", re.compile(r"^\d{2,}$"))  # the others stay
    page.mouse.click(*page.evaluate(LINK, [capsule, 7]))
    expect(page.locator(".kept")).to_contain_text(f"Unpin capsule {capsule + 1}")
    page.keyboard.press("Escape")
    page.mouse.move(5, 5)
    expect(caption).to_have_text(rest)


def test_the_planes_show_what_supports_or_the_couplings_and_the_link_holds_it(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_digit(page)
    open_section(page, "votes")
    canvas, legend = page.locator("#plane-canvas-1"), page.locator("#plane-legend-text")
    expect(canvas).to_have_attribute("data-label", "7")
    expect(legend).to_contain_text("blue: takes from it")
    expect(page.locator("#plane-colour")).to_be_hidden()
    at_rest(page)
    supports = picture(canvas)
    page.locator("#plane-shows").select_option("coupling")
    expect(legend).to_contain_text("size: the coupling")
    expect(page.locator("#plane-colour")).to_be_visible()
    until(lambda: picture(canvas) != supports, "the couplings are others")
    until(lambda: "dots=coupling" in address(page), "the link holds it")
    other.goto(address(page))
    open_section(other, "votes")
    expect(other.locator("#plane-shows")).to_have_value("coupling")
    page.locator("#plane-shows").select_option("support")
    until(lambda: picture(canvas) == supports, "and back")
