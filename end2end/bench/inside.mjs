// Functions that run inside the page; each is sent there as text, so it may use nothing from outside itself.

/** Notes when the page says that it has been taken over. */
export function markHydration() {
  const note = () => {
    if (globalThis.hydratedAt === undefined && document.documentElement?.hasAttribute("data-hydrated")) {
      globalThis.hydratedAt = performance.now();
    }
  };
  new MutationObserver(note).observe(document, { attributes: true, attributeFilter: ["data-hydrated"], childList: true, subtree: true });
}

/** Milliseconds since the navigation began. */
export function timings() {
  const [navigation] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {
    firstByte: navigation.responseStart,
    parsed: navigation.domContentLoadedEventStart,
    painted: paint?.startTime ?? 0,
    hydrated: globalThis.hydratedAt,
  };
}

/** From the next press of a key until so many rows are there, and until they are painted. */
export async function untilRows(count) {
  const pressed = await new Promise((resolve) => {
    document.addEventListener("keydown", () => resolve(performance.now()), { capture: true, once: true });
  });
  const body = document.querySelector("main table tbody");
  const there = () => document.querySelectorAll("main table tbody tr").length >= count;
  if (!there()) {
    await new Promise((resolve) => {
      const observer = new MutationObserver(() => there() && (observer.disconnect(), resolve()));
      observer.observe(body?.closest("main") ?? document.body, { childList: true, subtree: true });
    });
  }
  const rows = performance.now() - pressed;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { rows, painted: performance.now() - pressed };
}

/** From a click on the checkbox in the head until every row's is checked, and until that is painted. */
export async function untilSelected(count) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const checked = () => document.querySelectorAll("main table tbody input[type=checkbox]:checked").length;
  const started = performance.now();
  document.querySelector("main table thead input[type=checkbox]").click();
  while (checked() < count) await new Promise((resolve) => setTimeout(resolve));
  const selected = performance.now() - started;
  await frame();
  await frame();
  return { selected, painted: performance.now() - started };
}
