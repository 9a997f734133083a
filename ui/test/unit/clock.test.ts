import { expect, test } from "vitest";
import { Clock } from "../../src/lib/clock";

class FakeGround {
  time = 1_000_000;
  isHidden = false;
  private timers = new Map<number, { at: number; run: () => void }>();
  private next = 1;

  now = (): number => this.time;
  hidden = (): boolean => this.isHidden;
  clearTimeout = (timer: number): void => void this.timers.delete(timer);
  setTimeout = (run: () => void, delay: number): number => {
    this.timers.set(this.next, { at: this.time + delay, run });
    return this.next++;
  };

  get waiting(): number {
    return this.timers.size;
  }

  /** Lets time pass, running what falls due. */
  pass(duration: number): void {
    const end = this.time + duration;
    for (;;) {
      const [first] = [...this.timers].sort(([, a], [, b]) => a.at - b.at);
      if (first === undefined || first[1].at > end) break;
      this.timers.delete(first[0]);
      this.time = Math.max(this.time, first[1].at);
      first[1].run();
    }
    this.time = end;
  }
}

test("36 countdowns of seconds cost one wake a second", () => {
  const ground = new FakeGround();
  const clock = new Clock(ground);
  for (let at = 0; at < 36; at += 1) clock.watch((now) => 1_000 - ((now + at * 27) % 1_000));
  ground.pass(10_000);
  expect(clock.wakes).toBe(10);
  expect(ground.waiting).toBe(1);
});

test("nothing wakes while the window is hidden, and all look when it is shown again", () => {
  const ground = new FakeGround();
  const clock = new Clock(ground);
  const seen: number[] = [];
  clock.watch((now) => {
    seen.push(now);
    return 1_000;
  });
  ground.isHidden = true;
  clock.visibilityChanged();
  ground.pass(3_600_000);
  expect(clock.wakes).toBe(0);
  expect(ground.waiting).toBe(0);
  ground.isHidden = false;
  clock.visibilityChanged();
  expect(seen.at(-1)).toBe(ground.time);
});

test("a clock that was set back has everybody look again", () => {
  const ground = new FakeGround();
  const clock = new Clock(ground);
  let looks = 0;
  clock.watch(() => {
    looks += 1;
    return Infinity;
  });
  ground.pass(60_000);
  const before = looks;
  ground.time -= 86_400_000;
  clock.visibilityChanged();
  expect(looks).toBe(before + 1);
});

test("who stops watching is not woken, and the last one takes the timer along", () => {
  const ground = new FakeGround();
  const clock = new Clock(ground);
  const stop = clock.watch(() => 1_000);
  stop();
  expect(ground.waiting).toBe(0);
});
