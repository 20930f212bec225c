// Replays the vectors of api/capture/machine.json, and walks at random to see that no path gets stuck.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { step } from "../../src/machine.js";
import { initial, type Effect, type Event, type State } from "../../src/state.js";

interface Vector {
  name: string;
  steps: { now: number; event: Event; state: Partial<State>; effects: string[] }[];
}

const { cases } = JSON.parse(readFileSync(new URL("../../../../../api/capture/machine.json", import.meta.url), "utf8")) as { cases: Vector[] };

function named(effect: Effect): string {
  return effect.do === "journal" ? `journal ${effect.event}` : effect.do === "error" ? `error ${effect.code}` : effect.do;
}

for (const { name, steps } of cases) {
  test(name, () => {
    let state = initial(0);
    for (const [i, want] of steps.entries()) {
      const before = structuredClone(state);
      const got = step(state, want.event, want.now);
      assert.deepEqual(state, before, "the old state is left as it was");
      for (const key of Object.keys(want.state) as (keyof State)[]) {
        assert.deepEqual(round(got.state[key]), round(want.state[key]), `step ${i} at ${want.now}: ${key}`);
      }
      assert.deepEqual(got.effects.map(named), want.effects, `step ${i} at ${want.now}: effects`);
      assert.deepEqual(JSON.parse(JSON.stringify(got.state)), got.state, "the state is plain JSON");
      state = got.state;
    }
  });
}

function round(x: unknown): unknown {
  return typeof x === "number" ? Math.round(x * 1e6) / 1e6 : x;
}

test("whatever happens, a capture that is left alone ends, and an ended one has released the camera", () => {
  let seed = 7;
  const random = (n: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const events = cases.flatMap((c) => c.steps.map((s) => s.event));
  for (let walk = 0; walk < 500; walk++) {
    let state = initial(0);
    let now = 0;
    let asked = 0;
    let released = 0;
    const take = (event: Event): void => {
      const got = step(state, event, now);
      asked = got.effects.reduce((n, e) => (e.do === "ask_camera" ? released + 1 : n), asked);
      released += got.effects.filter((e) => e.do === "release_camera").length;
      state = got.state;
    };
    for (let i = 0; i < 60; i++) {
      now += random(3000);
      const event = events[random(events.length)] as Event;
      take(event);
    }
    for (let i = 0; i < 100 && state.name !== "closed"; i++) {
      now += 60_000;
      take({ type: "tick" });
    }
    assert.equal(state.name, "closed", `walk ${walk} is stuck in ${state.name}`);
    assert.ok(released >= asked, `walk ${walk} left the camera on`);
  }
});
