"""Votes as pictures: what is drawn and said there, held against votes that the test asks for itself."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, Request, expect

from tests.browser.asking import Array
from tests.browser.conftest import NewPage
from tests.browser.eyes import ink, picture, shows
from tests.browser.test_saving import save
from tests.browser.test_votes import Votes, ask
from tests.browser.waiting import address, at_rest, open_digit, open_section, until


def watch(page: Page) -> list[Request]:
    """The requests for wholes, as they come."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/api/wholes" in request.url else None)
    return asked


def open_wholes(page: Page) -> None:
    open_section(page, "wholes")
    expect(page.locator(".whole-part:enabled")).to_have_count(20)
    at_rest(page)


def drawn(page: Page, poses: Array, label: int) -> Array:
    """What POST /api/reconstruct draws, (N, 28, 28)."""
    answer = page.request.post(
        "/api/reconstruct", data={"poses": poses.tolist(), "label": label}, headers={"Accept": "application/json"}
    )
    return np.array(answer.json()["tensors"]["reconstructions"])


def strongest(votes: Votes, label: int, iteration: int = 3) -> tuple[list[int], Array]:
    """The primary capsules by c |û|, and all c û in that order (P, 16)."""
    weighted = votes.coupling_coefficients[iteration - 1, :, label, None] * votes.votes[:, label]
    order = np.argsort(-np.linalg.norm(weighted, axis=1), kind="stable")
    return order.tolist(), weighted[order]


def squash(total: Array) -> Array:
    length = np.linalg.norm(total)
    squashed: Array = total * length / (1 + length**2)
    return squashed


def parts(page: Page, row: int) -> list[int]:
    cards = page.locator(f".whole-row >> nth={row} >> .whole-part").all()
    return [int(card.get_attribute("data-capsule") or -1) for card in cards]


def test_each_card_draws_its_vote_and_the_sum_draws_the_capsule(page: Page) -> None:
    asked = watch(page)
    open_digit(page)
    assert not asked  # nobody has looked at them yet
    open_wholes(page)
    votes = ask(page)
    runner_up = int(np.argsort(votes.lengths[-1])[-2])
    for row, label in enumerate((votes.label, runner_up)):
        order, weighted = strongest(votes, label)
        assert parts(page, row) == order[:10]
        chosen = votes.votes[order[:10], label]
        directions = chosen / np.linalg.norm(chosen, axis=1, keepdims=True)
        pictures = drawn(page, 0.95 * directions, label)
        cards = page.locator(f".whole-row >> nth={row} >> .whole-part")
        capsule = votes.class_capsules[-1, label]
        assert np.allclose(squash(weighted.sum(axis=0)), capsule, atol=1e-5)  # all parts are the capsule
        for n, cosine in enumerate(directions @ capsule / np.linalg.norm(capsule)):
            assert shows(cards.nth(n).locator(".picture"), pictures[n])
            written = re.search(r"cos ([+−]?)(\d\.\d\d)", cards.nth(n).inner_text())
            assert written
            assert abs(float(written[2]) * (-1 if written[1] == "−" else 1) - cosine) < 0.006
        for slider, count in (("0", 1), ("4", 5)):
            page.locator("#added-parts").fill(slider)
            total = squash(weighted[:count].sum(axis=0))
            told = page.locator(f".whole-row >> nth={row} >> .whole-sum > .caption")
            expect(told).to_contain_text(f"‖v‖ = {np.linalg.norm(total):.2f}")
            assert shows(
                page.locator(f".whole-row >> nth={row} >> .whole-grown .picture"), drawn(page, total[None], label)[0]
            )
    assert len(asked) == 1  # for both classes, and all parts


def test_the_text_says_which_class_won_and_why(page: Page) -> None:
    open_digit(page)
    open_wholes(page)
    expect(page.locator(".whole-row h3").first).to_have_text("7, the winner")
    expect(page.locator(".whole-row h3").last).to_have_text("9, the longest other class")
    verdict = page.locator("#whole-verdict")
    expect(verdict).to_contain_text("7 wins: its ten strongest votes are strong (c‖û‖ 4.86 in all, against 1.14 for 9)")
    expect(verdict).to_contain_text("The sum for 9 is longest with its 50 strongest votes (0.50).")
    study = page.request.get("/api/agreement").json()
    expect(page.locator("#whole-study")).to_contain_text(f"In {100 * study['outdone']:.0f} % of the digits")
    expect(page.locator("#whole-study")).to_contain_text(f"{study['with_v_winner']:.2f} for the winner")


def test_the_text_names_the_classes_of_the_rows_while_the_parts_are_added(page: Page) -> None:
    open_digit(page)
    open_wholes(page)
    page.evaluate(
        """() => {
          window.said = [];
          const verdict = document.querySelector("#whole-verdict");
          new MutationObserver(() => window.said.push(verdict.textContent)).observe(verdict, { childList: true });
        }"""
    )
    page.locator("#add-parts").click()
    until(
        lambda: page.evaluate("document.querySelectorAll('.whole-row:first-child .not-added').length < 9"),
        "a second part is added",
    )
    assert page.evaluate("window.said") == []  # a longer sum is no other verdict
    page.keyboard.press("3")
    shown = {"title": "", "verdict": "", "play": ""}

    def follows() -> bool:
        shown.update(
            page.evaluate(
                """() => {
                  const text = (what) => document.querySelector(what).textContent;
                  return { title: text(".whole-row h3"), verdict: text("#whole-verdict"), play: text("#add-parts") };
                }"""
            )
        )
        return shown["title"] == "3, selected"

    until(follows, "the rows follow the class")
    assert shown["play"] == "Pause"
    assert shown["verdict"].startswith("7 wins")
    assert "for 3" in shown["verdict"]
    said = page.evaluate("window.said.filter(Boolean)")
    assert said == [shown["verdict"]], "once, when the class changed"


def test_the_wholes_follow_the_playhead_the_class_and_the_drawing(page: Page) -> None:
    asked = watch(page)
    open_digit(page)
    open_wholes(page)
    page.locator("#scrub").fill("1")
    expect(page.locator("#whole-when")).to_contain_text("After iteration 1 of 3")
    votes = ask(page)
    until(lambda: parts(page, 0) == strongest(votes, votes.label, 1)[0][:10], "the strongest of iteration 1")
    expect(page.locator(".whole-part").first).to_contain_text("c 0.10")
    page.locator("#scrub").fill("3")
    expect(page.locator("#whole-when")).to_contain_text("After iteration 3 of 3")
    page.locator("#whole-class").select_option("2")
    expect(page.locator(".whole-row h3").last).to_have_text("2, compared")
    page.keyboard.press("3")
    expect(page.locator(".whole-row h3").first).to_have_text("3, selected")
    page.evaluate("location.hash = '#digit=1'")
    expect(page.locator(".whole-row h3").first).to_have_text("2, the winner")
    at_rest(page)
    assert [re.findall(r"labels=(\d)%2C(\d)&at=(\d)", request.url)[0] for request in asked] == [
        ("7", "9", "3"),
        ("7", "9", "1"),
        ("7", "2", "3"),
        ("3", "2", "3"),
        ("2", *re.findall(r"labels=2%2C(\d)", asked[-1].url), "3"),
    ]


def test_the_parts_are_added_by_slider_and_by_play_and_the_link_holds_them(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_digit(page)
    open_wholes(page)
    slider, sum_ = page.locator("#added-parts"), page.locator(".whole-grown .picture").first
    expect(slider).to_have_attribute("aria-valuetext", "all 1,152 parts")
    whole = picture(sum_)
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "the strongest part")
    expect(page.locator(".whole-row").first.locator(".not-added")).to_have_count(9)
    until(lambda: picture(sum_) != whole, "one part is not the whole")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "the 4 strongest parts")
    page.locator("#whole-class").select_option("0")
    expect(page.locator(".whole-row h3").last).to_have_text("0, compared")
    until(lambda: "against=0" in address(page) and "added=4" in address(page), "the link holds both")
    other.goto(address(page))
    open_wholes(other)
    expect(other.locator("#added-parts")).to_have_attribute("aria-valuetext", "the 4 strongest parts")
    expect(other.locator(".whole-row h3").last).to_have_text("0, compared")
    until(lambda: picture(other.locator(".whole-grown .picture").first) == picture(sum_), "the same sum")
    page.locator("#add-parts").click()
    expect(page.locator("#add-parts")).to_have_text("Pause")
    expect(slider).to_have_attribute("aria-valuetext", "all 1,152 parts")
    expect(page.locator("#add-parts")).to_have_text("Add the parts")
    until(lambda: picture(sum_) == whole, "all parts are the whole")


def test_a_card_points_at_its_capsule_and_a_tap_pins_it(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    open_digit(page)
    open_wholes(page)
    capsule = parts(page, 0)[0]
    card = page.locator(f".whole-part[data-capsule='{capsule}']").first
    card.tap()
    expect(card).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".kept")).to_contain_text(f"Unpin capsule {capsule + 1}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    card.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".whole-part").nth(1)).to_be_focused()
    expect(page.locator("#inspector")).to_contain_text(f"Primary capsule {parts(page, 0)[1] + 1:,} of")


def test_without_a_drawing_nothing_is_said_and_nothing_kept(page: Page) -> None:
    open_digit(page)
    open_wholes(page)
    page.keyboard.press("c")
    expect(page.locator(".whole-part:enabled")).to_have_count(0)
    for place in ("#whole-verdict", "#whole-when", "#whole-study"):
        expect(page.locator(place)).to_have_text("")
    expect(page.locator("#add-parts")).to_be_disabled()
    until(lambda: ink(page.locator(".whole-grown .picture").first) == 0, "the sum is empty")


def test_a_saved_figure_has_its_labels_scale_and_caption(page: Page, tmp_path: Path) -> None:
    open_digit(page)
    open_wholes(page)
    page.locator("#save").scroll_into_view_if_needed()
    text = save(page, "Votes as pictures: what would each vote draw?", "SVG", tmp_path).read_text(encoding="utf-8")
    words = " ".join(re.findall(r">([^<>]+)</text>", text))
    for said in ("7, the winner", "9, the longest other class", "7 wins:", "A full bar is", "mnist-drawn", "cos +"):
        assert said in words, said
