/** Takes a picture of every screen, for the eye: into target/ui-screens: `npm run pictures`, all or those that
 * PICTURES names. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery } from "./gallery";
import { screens } from "./screens";

const FOLDER = join(import.meta.dirname, "../../../target/ui-screens");
const wanted = process.env["PICTURES"] ?? "all";

describe("pictures", () => {
  let gallery: Gallery;

  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    gallery = await Gallery.start();
  });

  afterAll(() => gallery.stop());

  const chosen = screens.filter(({ name }) => wanted === "all" || wanted.split(",").includes(name));
  const sizes = [
    { width: 1180, height: 760 },
    { width: 880, height: 560 },
  ];
  for (const screen of chosen) {
    const asks = screen.query?.startsWith("page=consent") === true;
    const small = [{ width: 560, height: asks ? 600 : 260 }];
    for (const size of screen.query === undefined ? sizes : small) {
      for (const scheme of ["light", "dark"] as const) {
        test(`${screen.name} ${size.width} ${scheme}`, async () => {
          const { page } = await gallery.open(screen.scene, { scheme, ...size }, screen.query);
          await screen.reach?.(page);
          const path = join(FOLDER, `${screen.name}-${size.width}-${scheme}.png`);
          expect((await page.screenshot({ path })).length).toBeGreaterThan(1_000);
          gallery.done(page);
        });
      }
    }
  }
});
