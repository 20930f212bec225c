// Turns a published TensorFlow.js graph model into one small file for the tracker: only the
// steps that lead to the wanted outputs, in order, and all weights as 16-bit floats.
//
//   u32 length of the header | header, JSON, padded to an even length | weights, little endian
//
// header: {"input": shape, "weights": [shape, ...], "steps": [[operation, [operand, ...], attributes], ...],
// "outputs": [operand, ...]}. Operands count the input (0), the weights and the steps, in this order.

/** pack gives the file; names are the outputs wanted, in order, as the model's signature calls them. */
export function pack(graph, weights, names) {
  const model = JSON.parse(graph);
  const nodes = new Map(model.modelTopology.node.map((node) => [node.name, node]));
  const stored = readWeights(model.weightsManifest[0].weights, weights);
  const signature = (model.signature ?? model.userDefinedMetadata.signature).outputs;
  const packer = { nodes, stored, operands: new Map(), weights: [], steps: [] };
  const input = model.modelTopology.node.find((node) => node.op === "Placeholder");
  packer.input = input.name;
  const wanted = names.map((name) => order(packer, plain((signature[name] ?? signature[`${name}:0`]).name)));
  const index = (operand) => (operand.kind === "input" ? 0 : operand.kind === "weight" ? 1 + operand.at : 1 + packer.weights.length + operand.at);
  const header = {
    input: inputShape(model, input),
    weights: packer.weights.map((weight) => weight.shape),
    steps: packer.steps.map((step) => [step.op, step.operands.map(index), step.attributes]),
    outputs: wanted.map(index),
  };
  return file(header, packer.weights);
}

const plain = (name) => name.replace(/^\^/, "").replace(/:0$/, "");
const text = (base64) => Buffer.from(base64, "base64").toString();
const numbers = (list) => list.i.map(Number);

function inputShape(model, node) {
  const inputs = (model.signature ?? model.userDefinedMetadata.signature).inputs;
  const input = inputs[node.name] ?? inputs[`${node.name}:0`];
  return input.tensorShape.dim.map((dim) => Math.abs(Number(dim.size)));
}

function readWeights(specs, bytes) {
  const stored = new Map();
  let at = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const count = shape.reduce((a, b) => a * b, 1);
    const half = quantization?.dtype === "float16";
    if (quantization && !half) throw new Error(`${name}: weights of type ${quantization.dtype}`);
    const part = new Uint8Array(bytes.subarray(at, at + count * (half ? 2 : 4))).buffer;
    const data = dtype === "int32" ? new Int32Array(part) : half ? new Uint16Array(part) : Uint16Array.from(new Float32Array(part), toHalf);
    stored.set(name, { shape, data, dtype });
    at += part.byteLength;
  }
  if (at !== bytes.length) throw new Error(`${bytes.length} bytes of weights, ${at} expected`);
  return stored;
}

/** order puts a value's operands before it and gives its place. */
function order(packer, name) {
  const known = packer.operands.get(name);
  if (known) return known;
  const node = packer.nodes.get(name);
  let operand;
  if (name === packer.input) operand = { kind: "input" };
  else if (node.op === "Identity") operand = order(packer, plain(node.input[0]));
  else if (node.op === "Const") {
    operand = { kind: "weight", at: packer.weights.length };
    packer.weights.push(packer.stored.get(name));
  } else {
    const step = describe(packer, node);
    step.operands = step.values.map((value) => order(packer, plain(value)));
    operand = { kind: "step", at: packer.steps.length };
    packer.steps.push(step);
  }
  packer.operands.set(name, operand);
  return operand;
}

/** describe reads a node; integers that steer it become attributes. */
function describe(packer, { op, input, attr }) {
  const integers = (name) => Array.from(packer.stored.get(plain(name)).data);
  const window = () => ({ strides: numbers(attr.strides.list).slice(1, 3), pad: text(attr.padding.s).toLowerCase() });
  switch (op) {
    case "_FusedConv2D": {
      const activation = attr.fused_ops.list.s.map(text)[1] ?? "Linear";
      return { op: "conv", values: input, attributes: { ...window(), activation: activation.toLowerCase() } };
    }
    case "DepthwiseConv2dNative":
      return { op: "depthwise", values: input, attributes: window() };
    case "MaxPool":
      return { op: "pool", values: input, attributes: { ...window(), size: numbers(attr.ksize.list).slice(1, 3) } };
    case "Pad": {
      const flat = integers(input[1]);
      return { op: "pad", values: [input[0]], attributes: { by: flat.filter((_, i) => i % 2 === 0).map((v, i) => [v, flat[2 * i + 1]]) } };
    }
    case "Reshape":
      return { op: "reshape", values: [input[0]], attributes: { shape: integers(input[1]) } };
    case "AddV2":
      return { op: "add", values: input, attributes: {} };
    case "Relu":
    case "Prelu":
    case "Sigmoid":
      return { op: op.toLowerCase(), values: input, attributes: {} };
    default:
      throw new Error(`the tracker has no operation ${op}`);
  }
}

function file(header, weights) {
  let json = JSON.stringify(header);
  json += " ".repeat(json.length % 2);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, Buffer.from(json), ...weights.map(({ data }) => Buffer.from(data.buffer))]);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** toHalf rounds to the nearest 16-bit float, ties to even. */
export function toHalf(value) {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const exponent = ((bits[0] >>> 23) & 0xff) - 112;
  const mantissa = bits[0] & 0x7fffff;
  if (exponent >= 31) throw new Error(`${value} is out of the range of 16-bit floats`);
  if (exponent >= 1) return sign | round((exponent << 23) | mantissa, 13);
  if (exponent < -10) return sign;
  return sign | round(mantissa | 0x800000, 14 - exponent);
}

function round(value, drop) {
  const half = 1 << (drop - 1);
  const kept = value >>> drop;
  const rest = value & ((1 << drop) - 1);
  return kept + (rest > half || (rest === half && kept & 1) ? 1 : 0);
}
