// Light, dark, and as the system says.

import type { Page } from "@playwright/test";
import { expect, test, visit } from "./support/test";

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test("the theme can be chosen, is kept in a cookie and is in the page before any script runs", async ({ page, context, open }) => {
  await visit(page, "/chat-gateways");
  const account = page.getByRole("button", { name: /admin/ });
  const option = (name: string) => page.getByRole("group", { name: "Theme" }).getByRole("button", { name, exact: true });
  const html = page.locator("html");
  await account.click();
  await option("Dark").click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await expect(option("Dark")).toHaveAttribute("aria-pressed", "true");
  const dark = await background(page);
  expect((await context.cookies()).find((cookie) => cookie.name === "theme")?.value).toBe("dark");
  const source = await (await page.request.get("/chat-gateways")).text();
  expect(source, "no flash: the server says it").toMatch(/<html[^>]*data-theme="?dark/);

  await option("Light").click();
  await expect(html).toHaveAttribute("data-theme", "light");
  expect(await background(page)).not.toBe(dark);
  await option("System").click();
  await expect(html).not.toHaveAttribute("data-theme", /.+/);
  expect((await context.cookies()).find((cookie) => cookie.name === "theme")?.value ?? "").not.toMatch(/light|dark/);

  const night = await open("viewer", { colorScheme: "dark" });
  await visit(night, "/chat-gateways");
  expect(await background(night), "the system's choice counts when none was made").toBe(dark);
});
