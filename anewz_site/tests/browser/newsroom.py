"""What people of the newsroom do in a browser, again and again."""


def log_in(page, site, role):
    """Open the desk as one of the demonstration accounts: by its form once, then with the session it gave."""
    page.context.add_cookies(site.sessions.get(role, []))
    page.goto("/admin/")
    if not page.get_by_role("navigation", name="Desk").count():
        page.locator("[name=username]").fill(role)
        page.locator("[name=password]").fill(site.password(role))
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("navigation", name="Desk").wait_for()
        site.sessions[role] = page.context.cookies()
    return page


def pick(page, field, words):
    """Choose in a field that completes what is typed."""
    page.locator(f".field-{field} .select2-selection").last.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def write_story(page, headline, body="The harbour opened again on that day."):
    """Write a story that is ready for publication, and return the address of its page."""
    page.goto("/admin/articles/article/add/")
    page.locator("[name=headline]").fill(headline)
    page.locator("[name=standfirst]").fill("Ships came in.")
    page.locator(".ProseMirror[contenteditable=true]").click()
    page.keyboard.type(body)
    page.locator("[name=sources-0-name]").fill("The harbour master")
    page.locator("[name=section]").select_option(label="World")
    pick(page, "author", "World desk")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("The draft is saved.").wait_for()
    return page.url


def change_headline(page, address, headline):
    page.goto(address)
    page.locator("[name=headline]").fill(headline)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("The draft is saved.").wait_for()


def act(page, address, button, **asked):
    """Do an act from the story's page, ticking what the gate asks."""
    page.goto(address)
    page.get_by_role("button", name=f"{button}…").or_(
        page.get_by_role("link", name=button, exact=True)
    ).click()
    for name, value in asked.items():
        page.locator(f"[name={name}]").fill(value)
    for box in page.locator("[name^=yes-]").all():
        box.check()
    page.get_by_role("button", name=button, exact=True).click()


def publish(page, address):
    act(page, address, "Publish now")
    page.get_by_text("The story is published.").wait_for()
