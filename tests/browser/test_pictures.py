"""Digits that nobody draws: the gallery of test digits, and pictures of one's own."""

from __future__ import annotations

import re
from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.asking import trace_of_digit
from tests.browser.conftest import Witness
from tests.browser.eyes import ink, picture
from tests.browser.waiting import at_rest, open_digit


def png(grey: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> FilePayload:
    file = BytesIO()
    Image.fromarray(grey).save(file, "PNG")
    return {"name": "digit.png", "mimeType": "image/png", "buffer": file.getvalue()}


def open_gallery(page: Page) -> None:
    page.locator("#gallery-open").click()
    expect(page.locator(".thumbnail")).to_have_count(60)


def test_the_gallery_is_turned_page_by_page(page: Page) -> None:
    open_digit(page)
    open_gallery(page)
    pages, thumbnails = page.locator("#gallery-page"), page.locator(".thumbnail")
    expect(pages).to_have_text("10,000 digits, page 1 of 167")
    expect(page.locator("#gallery-back")).to_be_disabled()
    first = thumbnails.first.get_attribute("title")
    page.locator("#gallery-on").click()
    expect(pages).to_contain_text("page 2 of 167")
    assert thumbnails.first.get_attribute("title") != first
    page.locator("#gallery-back").click()
    expect(pages).to_contain_text("page 1 of 167")
    assert thumbnails.first.get_attribute("title") == first


def test_a_filtered_digit_is_chosen_and_read(page: Page) -> None:
    open_digit(page)
    open_gallery(page)
    page.locator("#gallery-label").select_option("4")
    expect(page.locator("#gallery-page")).to_contain_text("982 digits")
    expect(page.locator(".thumbnail img[alt='A 4']")).to_have_count(60)
    page.locator(".thumbnail:not(.wrong)").nth(5).click()
    expect(page.locator("#gallery")).to_be_hidden()
    expect(page.locator("#answer")).to_have_text("4")
    expect(page).to_have_url(re.compile("digit="))
    assert ink(page.locator("#pad")) > 100


def test_a_misread_digit_is_misread_as_the_gallery_says(page: Page) -> None:
    open_digit(page)
    open_gallery(page)
    page.locator("#gallery-wrong").check()
    expect(page.locator("#gallery-page")).to_contain_text("page 1 of")
    expect(page.locator(".thumbnail:not(.wrong)")).to_have_count(0)
    misread = page.locator(".thumbnail.wrong").first
    said = re.fullmatch(r"(\d) read\sas (\d)", misread.inner_text().strip())
    assert said
    assert said[1] != said[2]
    misread.click()
    expect(page.locator("#answer")).to_have_text(said[2])


def test_a_picture_of_ones_own_is_read(page: Page) -> None:
    """A test digit, enlarged, dark on light, off the middle: what a photograph of a digit would be."""
    open_digit(page, 1)
    expect(page.locator("#answer")).to_have_text("2")
    digit = (255 - 255 * trace_of_digit(page, 4).image).astype(np.uint8)  # a 4
    paper = np.full((400, 300), 255, np.uint8)
    paper[20:244, 10:234] = np.kron(digit, np.ones((8, 8), np.uint8))
    page.locator("#upload").set_input_files(png(paper))
    expect(page.locator("#answer")).to_have_text("4")
    expect(page).to_have_url(re.compile("pixels="))
    assert ink(page.locator("#pad")) > 100


def test_a_file_that_is_no_picture_is_refused_in_words(page: Page) -> None:
    open_digit(page)
    seen = picture(page.locator("#sees"))
    text: FilePayload = {"name": "notes.png", "mimeType": "image/png", "buffer": b"seven"}
    page.locator("#upload").set_input_files(text)
    notice = page.locator("#notice")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("cannot read that file as a picture")
    assert picture(page.locator("#sees")) == seen  # what was there stays
    page.locator("#iterations").select_option("2")  # and the page goes on
    expect(page.locator("#scrub")).to_have_attribute("max", "2")
    expect(notice).to_be_hidden()


def test_a_blank_picture_is_called_blank(page: Page, witness: Witness) -> None:
    open_digit(page)
    page.locator("#upload").set_input_files(png(np.full((50, 50), 255, np.uint8)))
    expect(page.locator("#notice")).to_contain_text("blank")
    at_rest(page)
    assert all("422" in complaint for complaint in witness.complaints)
    witness.complaints.clear()
    expect(page.locator("#answer")).to_have_text("7")  # what was there stays
