"""Smoke test of the whole chain on drawn faces: captures, training, resumption, export.

    python3 -m unittest discover train
"""
import os
import sys
import tempfile
import unittest

try:
    import cv2
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper
except ImportError as missing:
    print(f"SKIPPED: {missing}; install python3-torch, python3-onnx, python3-opencv and python3-numpy", file=sys.stderr)
    raise unittest.SkipTest(str(missing))

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import export
import faces
import learn
import networks
import simulate


def drawn(rng, number):
    """A picture of a drawn head, 250 x 250, as a Face."""
    image = np.full((250, 250, 3), rng.integers(40, 220, 3), np.uint8)
    skin = [int(v) for v in rng.integers((60, 90, 140), (150, 180, 230))]
    cv2.ellipse(image, (125, 120), (45, 60), 0, 0, 360, skin, -1)
    for x in (107, 143):
        cv2.circle(image, (x, 105), 6, (30, 30, 30), -1)
    cv2.line(image, (110, 150), (140, 150), (60, 60, 170), 4)
    return faces.Face(image, (80.0, 60.0, 90.0, 120.0), f"drawn{number}")


class Opinion(torch.nn.Module):
    """Stands in for the pair: live where a picture is bright. The chain is tested, not its accuracy."""

    def forward(self, x):
        live = (x.mean((1, 2, 3)) - 110)[:, None] / 20
        return live.expand(-1, 2), live.expand(-1, 256) / 4


def widened(path):
    """A copy of a graph with its weights in single precision, which is what OpenCV reads."""
    model = onnx.load(path)
    for tensor in [t for t in model.graph.initializer if t.data_type == onnx.TensorProto.FLOAT16]:
        wide = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float32), tensor.name.removesuffix(".half"))
        model.graph.initializer.remove(tensor)
        model.graph.initializer.append(wide)
    for node in [n for n in model.graph.node if n.op_type == "Cast"]:
        model.graph.node.remove(node)
    onnx.save(model, path + ".wide")
    return path + ".wide"


class Chain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        rng = np.random.default_rng(3)
        cls.found = [drawn(rng, i) for i in range(12)]
        cls.pool = simulate.Pool(cls.found, "cpu", 64)

    def run_of(self, name, *more):
        """A run whose checkpoint lies under this name."""
        arguments = ["--out", os.path.join(self.folder.name, name), "--batch", "10", "--sides", "80,96", "--side", "64", "--held", "20", *more]
        return learn.Run(learn.options(arguments), self.found, Opinion())

    def test_captures_depend_on_their_seed_alone(self):
        one, two, other = (simulate.captures(simulate.Draw(seed, "cpu"), self.pool, 20, 80) for seed in (4, 4, 5))
        for a, b in zip(one, two):
            torch.testing.assert_close(a, b)
        self.assertFalse(torch.equal(one[0], other[0]))
        self.assertEqual(one[0].shape, (20, 3, 80, 80))
        self.assertEqual(torch.bincount(one[2]).tolist(), [8, 6, 6])

    def test_presentations_are_pictures(self):
        for kind in (simulate.PRINT, simulate.SCREEN):
            frames, extent = simulate.presented(simulate.Draw(2, "cpu"), self.pool, 8, 96, kind)
            shots = simulate.camera(simulate.Draw(2, "cpu"), frames)
            self.assertTrue(torch.isfinite(shots).all())
            self.assertGreaterEqual(shots.min().item(), 0)
            self.assertLessEqual(shots.max().item(), 255)
            self.assertGreater(shots.std((1, 2, 3)).min().item(), 3)
            self.assertGreater(extent.min().item(), 1)

    def test_the_best_jpeg_changes_little_and_the_worst_much(self):
        picture = self.pool.pictures[:1].float()
        fine, coarse = (simulate.jpeg(simulate.Draw(1, "cpu"), picture.clone(), q, q + 0.1) for q in (99, 5))
        self.assertLess((fine - picture).abs().mean().item(), 4)
        self.assertGreater((coarse - picture).abs().mean().item(), 4)

    def test_black_wedges_are_cut_off(self):
        face = self.found[0]
        wedged = cv2.warpAffine(face.image, np.float32([[1, 0.06, 6], [-0.06, 1, 6]]), (250, 250))
        image, box = simulate.trimmed(wedged, face.box)
        self.assertLess((image.max(2)[[0, -1]] < 8).mean(), 0.05)
        self.assertEqual(box[2:], face.box[2:])
        self.assertGreaterEqual(min(box), 0)

    def test_a_stopped_run_ends_as_an_unbroken_one(self):
        def reports(name, count):
            run = self.run_of(name, "--steps", "4", "--report", "2")
            lines = run.reports()
            for _ in range(count):
                next(lines)
            return run

        whole = reports("whole.pt", 2)
        reports("broken.pt", 1)
        resumed = reports("broken.pt", 1)
        self.assertEqual(resumed.step, 4)
        for a, b in zip(whole.mean.state_dict().values(), resumed.mean.state_dict().values()):
            torch.testing.assert_close(a, b)

    def test_a_resting_network_stays_as_it_is(self):
        run = self.run_of("rest.pt", "--steps", "2", "--rest")
        before = {k: v.clone() for k, v in run.both.texture.state_dict().items()}
        list(run.reports())
        for name, value in run.both.texture.state_dict().items():
            torch.testing.assert_close(value, before[name])

    def test_training_brings_the_student_near_its_teacher(self):
        run = self.run_of("near.pt", "--steps", "40", "--report", "40")
        before = run.held.figures(run.mean)[-2]
        agreement = float(next(run.reports()).split("\t")[-2])
        self.assertGreater(agreement, max(before, 0.9))

    def test_the_graph_says_what_the_network_says(self):
        run = self.run_of("export.pt", "--steps", "2")
        list(run.reports())
        for name, network in learn.load(os.path.join(self.folder.name, "export.pt")).items():
            folder = os.path.join(self.folder.name, "liveness-" + name)
            export.main([name, os.path.join(self.folder.name, "export.pt"), folder])
            graph = cv2.dnn.readNetFromONNX(widened(os.path.join(folder, "model.onnx")))
            x = export.picture(network.SIDE)
            graph.setInput(x)
            out = graph.forward()[0]
            with torch.no_grad():
                want = network(torch.from_numpy(x)).mean().item()
            self.assertAlmostEqual(float(out[1] - out[0]), want, places=2)
            self.assertLess(os.path.getsize(os.path.join(folder, "model.onnx")), 2.2 * networks.size(network) + 30_000)


if __name__ == "__main__":
    unittest.main()
