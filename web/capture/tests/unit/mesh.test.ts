// The tracker's formulas on the points that the server measured (internal/model/browser_test.go).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { features, pose } from "../../src/tracker/mesh.js";

interface Measured {
  photo: string;
  pose: { yaw: number; pitch: number; roll: number };
  points: Record<string, [number, number, number]>;
}

const measured = JSON.parse(readFileSync(new URL("../../../../../api/capture/faces.json", import.meta.url), "utf8")) as Measured[];

function meshOf({ points }: Measured): Float64Array {
  const mesh = new Float64Array(3 * 468);
  for (const [i, point] of Object.entries(points)) mesh.set(point, 3 * Number(i));
  return mesh;
}

test("the pose is the server's", () => {
  assert.ok(measured.length >= 6);
  for (const face of measured) {
    const got = pose(meshOf(face));
    for (const angle of ["yaw", "pitch", "roll"] as const) {
      // Points in the file are rounded to hundredths of a pixel.
      assert.ok(Math.abs(got[angle] - face.pose[angle]) < 0.2, `${face.photo}: ${angle} is ${got[angle]}, not ${face.pose[angle]}`);
    }
  }
});

test("a wider mouth with raised corners is measured as such, whatever the size and the turn of the picture", () => {
  for (const face of measured) {
    const calm = meshOf(face);
    const before = features(calm);
    const wide = calm.slice();
    const [right, left] = [calm.slice(3 * 61, 3 * 61 + 3), calm.slice(3 * 291, 3 * 291 + 3)];
    for (let axis = 0; axis < 3; axis++) {
      wide[3 * 61 + axis] = right[axis]! + 0.1 * (right[axis]! - left[axis]!) + 0.05 * (calm[30 + axis]! - calm[3 * 152 + axis]!);
      wide[3 * 291 + axis] = left[axis]! + 0.1 * (left[axis]! - right[axis]!) + 0.05 * (calm[30 + axis]! - calm[3 * 152 + axis]!);
    }
    const after = features(wide);
    assert.ok(Math.abs(after.mouth_width / before.mouth_width - 1.2) < 1e-6);
    assert.ok(after.mouth_lift > before.mouth_lift + 0.05);
    const turned = features(Float64Array.from({ length: wide.length }, (_, i) => 3 * (i % 3 === 0 ? -wide[i + 1]! : i % 3 === 1 ? wide[i - 1]! : wide[i]!)));
    for (const name of ["mouth_width", "mouth_lift", "eyes_open"] as const) assert.ok(Math.abs(turned[name] - after[name]) < 1e-6, name);
  }
});

test("a head turned to its own left has a positive yaw, one that looks up a positive pitch", () => {
  // Right and left edge of the face, forehead and chin of a flat face before the camera.
  const flat: [number, [number, number, number]][] = [[234, [-1, 0, 0]], [454, [1, 0, 0]], [10, [0, -1, 0]], [152, [0, 1, 0]]];
  const turn = (yaw: number, pitch: number): Float64Array => {
    const mesh = new Float64Array(3 * 468);
    for (const [i, [x, y]] of flat) mesh.set([x * Math.cos(yaw), y * Math.cos(pitch), x * Math.sin(yaw) - y * Math.sin(pitch)], 3 * i);
    return mesh;
  };
  assert.ok(Math.abs(pose(turn(0.5, 0)).yaw - (0.5 * 180) / Math.PI) < 1e-6);
  const level = pose(turn(0, 0)).pitch;
  assert.ok(Math.abs(pose(turn(0, 0.3)).pitch - level - (0.3 * 180) / Math.PI) < 1e-6);
});
