// Writes models/<name>/golden.json: outputs of the original libraries for a
// synthetic input, to which the converted graphs are held.
//
//   node golden.mjs MODELS_DIR NODE_MODULES
//
// NODE_MODULES holds @vladmandic/human 3.3.6, @vladmandic/face-api 1.7.15,
// @tensorflow/tfjs 4.22.0 and @tensorflow/tfjs-backend-wasm 4.22.0. The plain CPU back end computes in single precision.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [modelsDir, nodeModules] = process.argv.slice(2).map((p) => path.resolve(p));
const require = createRequire(path.join(nodeModules, 'golden.js'));
const seed = 7;
const samples = 96; // values kept of most outputs, evenly spread

// A picture of blocks of 16 x 16 pixels with noise on top, in bytes, row by row.
// The networks answer to it as they do to a photograph, with all their layers;
// the numbers come from a linear congruential generator, blocks first.
function picture(size, seed) {
  let state = seed;
  const byte = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  const across = Math.ceil(size / 16);
  const blocks = Array.from({ length: across * across * 3 }, byte);
  const out = new Float32Array(size * size * 3);
  for (let i = 0; i < out.length; i++) {
    const x = Math.floor(i / 3) % size;
    const y = Math.floor(i / 3 / size);
    out[i] = (3 * blocks[((y >> 4) * across + (x >> 4)) * 3 + (i % 3)] + byte()) >> 2;
  }
  return out;
}

// range is what differences are measured by: the greatest magnitude, or 1 for a
// probability.
function summary({ name, kept = samples, range }, data) {
  const step = Math.max(1, Math.floor(data.length / kept));
  return {
    name,
    count: data.length,
    range: range ?? data.reduce((most, v) => Math.max(most, Math.abs(v)), 0),
    step,
    values: Array.from(data).filter((_, i) => i % step === 0),
  };
}

function write(name, input, outputs) {
  const file = path.join(modelsDir, name, 'golden.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const lines = outputs.map((o) => `    ${JSON.stringify(o)}`).join(',\n');
  fs.writeFileSync(file, `{\n  "input": ${JSON.stringify(input)},\n  "outputs": [\n${lines}\n  ]\n}\n`);
  console.log(name, outputs.map((o) => `${o.name} x ${o.count}`).join(', '));
}

// One of human's graph models. mean and scale bring bytes to the model's range.
async function graphModel(tf, name, size, mean, scale, wanted) {
  const dir = path.join(nodeModules, '@vladmandic/human/models');
  const model = JSON.parse(fs.readFileSync(path.join(dir, `${name}.json`)));
  const bin = fs.readFileSync(path.join(dir, `${name}.bin`));
  const loaded = await tf.loadGraphModel({
    load: async () => ({
      ...model,
      signature: model.signature || model.userDefinedMetadata?.signature,
      weightSpecs: model.weightsManifest[0].weights,
      weightData: bin.buffer.slice(bin.byteOffset, bin.byteOffset + bin.length),
    }),
  });
  const input = { size, seed, mean, scale };
  const x = picture(size, seed).map((v, i) => Math.fround(v - mean[i % 3]) * scale[i % 3]);
  const out = loaded.execute(tf.tensor(x, [1, size, size, 3]), wanted.map((w) => w.node));
  write(name, input, [out].flat().map((t, i) => summary(wanted[i], t.dataSync())));
}

function dlib(tf) {
  const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const dir = path.join(nodeModules, '@vladmandic/face-api/model');
  const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'face_recognition_model-weights_manifest.json')));
  const bin = fs.readFileSync(path.join(dir, 'face_recognition_model.bin'));
  const net = new faceapi.FaceRecognitionNet();
  net.loadFromWeightMap(tf.io.decodeWeights(bin.buffer.slice(bin.byteOffset, bin.byteOffset + bin.length), manifest[0].weights));
  const mean = [122.782, 117.001, 104.298];
  const scale = [1 / 255, 1 / 255, 1 / 255]; // the library subtracts and divides by itself
  const input = { size: 150, seed, mean, scale };
  const batch = tf.tensor(picture(150, seed), [1, 150, 150, 3]);
  const out = net.forwardInput({ toBatchTensor: () => batch });
  write('dlib-face', input, [summary({ name: 'embedding', kept: 128 }, out.dataSync())]);
}

const tf = require('@tensorflow/tfjs');
await tf.setBackend('cpu');
await tf.ready();
const unit = [1 / 255, 1 / 255, 1 / 255];
const signed = [1 / 127.5, 1 / 127.5, 1 / 127.5];
await graphModel(tf, 'blazeface', 256, [127.5, 127.5, 127.5], signed,
  ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'].map((n) => ({ name: n, node: n })));
await graphModel(tf, 'facemesh', 192, [0, 0, 0], unit,
  [{ name: 'output_mesh', node: 'Identity_2' }, { name: 'output_faceflag', node: 'Identity_1', range: 1 }]);
await graphModel(tf, 'iris', 64, [0, 0, 0], unit, [{ name: 'Identity', node: 'Identity' }]);
await graphModel(tf, 'faceres', 224, [103.939, 116.779, 123.68], [1, 1, 1],
  [{ name: 'global_pooling/Mean', node: 'global_pooling/Mean', kept: 1024 }]);
dlib(tf);
