/** Runs the packed networks (scripts/pack.mjs) on the kernels of TensorFlow.js's wasm backend. */

import "@tensorflow/tfjs-core/dist/flags.js";
import "@tensorflow/tfjs-core/dist/platforms/platform_browser.js";
import { ENGINE, type Tensor } from "@tensorflow/tfjs-core/dist/engine.js";
import { registerKernel } from "@tensorflow/tfjs-core/dist/kernel_registry.js";
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js";
import factory from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js";
import { addConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Add.js";
import { depthwiseConv2dNativeConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/DepthwiseConv2dNative.js";
import { fusedConv2DConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D.js";
import { identityConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Identity.js";
import { maxPoolConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool.js";
import { padV2Config } from "@tensorflow/tfjs-backend-wasm/dist/kernels/PadV2.js";
import { preluConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Prelu.js";
import { reluConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Relu.js";
import { reshapeConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape.js";
import { sigmoidConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Sigmoid.js";
import { transposeConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose.js";

const kernels = [
  addConfig,
  depthwiseConv2dNativeConfig,
  fusedConv2DConfig,
  identityConfig,
  maxPoolConfig,
  padV2Config,
  preluConfig,
  reluConfig,
  reshapeConfig,
  sigmoidConfig,
  transposeConfig,
];

let started: Promise<void> | undefined;

/** Compiles the kernels. The bytes are handed over, so that it does not matter as what type they were served. */
export function startKernels(wasm: ArrayBuffer): Promise<void> {
  started ??= start(wasm).catch((reason: unknown) => {
    started = undefined;
    throw reason;
  });
  return started;
}

async function start(wasm: ArrayBuffer): Promise<void> {
  // Emscripten never settles when compiling fails: try that first.
  await WebAssembly.compile(wasm.slice(0));
  const module = await factory({ wasmBinary: wasm, locateFile: (path: string) => path });
  module.tfjs = {
    init: module.cwrap("init", null, []),
    initWithThreadsCount: module.cwrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: module.cwrap("get_threads_count", "number", []),
    registerTensor: module.cwrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: module.cwrap("dispose_data", null, ["number"]),
    dispose: module.cwrap("dispose", null, []),
  };
  for (const config of kernels) registerKernel(config);
  ENGINE.registerBackend("wasm", () => new BackendWasm(module));
  await ENGINE.setBackend("wasm");
}

interface Window {
  strides: [number, number];
  pad: "same" | "valid";
}

interface Header {
  input: number[];
  weights: number[][];
  steps: [op: string, operands: number[], attributes: Record<string, unknown>][];
  outputs: number[];
}

/** A network whose weights lie in the memory of the kernels. */
export class Graph {
  readonly #header: Header;
  readonly #weights: Tensor[];

  /** Reads a packed network; the kernels must have been started. */
  constructor(file: ArrayBuffer) {
    const length = new DataView(file).getUint32(0, true);
    this.#header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length))) as Header;
    const table = halves();
    let at = 4 + length;
    this.#weights = this.#header.weights.map((shape) => {
      const coded = new Uint16Array(file, at, shape.reduce((a, b) => a * b, 1));
      at += coded.byteLength;
      const values = new Float32Array(coded.length);
      for (let i = 0; i < values.length; i++) values[i] = table[coded[i]!]!;
      return ENGINE.makeTensor(values, shape, "float32");
    });
  }

  /** Gives the outputs for one input; all that was made on the way is freed. */
  run(input: Float32Array): Float32Array[] {
    ENGINE.startScope();
    try {
      const values = [ENGINE.makeTensor(input, this.#header.input, "float32"), ...this.#weights];
      for (const [op, operands, attributes] of this.#header.steps) {
        values.push(step(op, operands.map((at) => values[at]!), attributes));
      }
      return this.#header.outputs.map((at) => ENGINE.backend.readSync(values[at]!.dataId));
    } finally {
      ENGINE.endScope();
    }
  }
}

function step(op: string, operands: Tensor[], attributes: Record<string, unknown>): Tensor {
  const x = operands[0]!;
  const window = { ...(attributes as unknown as Window), dataFormat: "NHWC", dilations: [1, 1] };
  switch (op) {
    case "conv":
      return ENGINE.runKernel("FusedConv2D", { x, filter: operands[1], bias: operands[2], preluActivationWeights: operands[3] }, window);
    case "depthwise":
      return ENGINE.runKernel("DepthwiseConv2dNative", { x, filter: operands[1] }, window);
    case "pool":
      return ENGINE.runKernel("MaxPool", { x }, { ...window, filterSize: attributes["size"] });
    case "pad":
      return ENGINE.runKernel("PadV2", { x }, { paddings: attributes["by"], constantValue: 0 });
    case "reshape":
      return ENGINE.runKernel("Reshape", { x }, { shape: complete(attributes["shape"] as number[], x.size) });
    case "add":
      return ENGINE.runKernel("Add", { a: x, b: operands[1] });
    case "relu":
      return ENGINE.runKernel("Relu", { x });
    case "prelu":
      return ENGINE.runKernel("Prelu", { x, alpha: operands[1] });
    case "sigmoid":
      return ENGINE.runKernel("Sigmoid", { x });
    default:
      throw new Error(`unknown operation ${op}`);
  }
}

/** Puts the number that is left over where a shape says -1. */
function complete(shape: number[], size: number): number[] {
  const known = shape.reduce((a, b) => (b < 0 ? a : a * b), 1);
  return shape.map((side) => (side < 0 ? size / known : side));
}

let table: Float32Array | undefined;

/** All 16-bit floats by their bits: looking up is many times faster than arithmetic for each weight. */
function halves(): Float32Array {
  if (table) return table;
  table = new Float32Array(65536);
  for (let bits = 0; bits < table.length; bits++) {
    const exponent = (bits >> 10) & 31;
    const fraction = (bits & 1023) / 1024;
    const size = exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction);
    table[bits] = bits & 0x8000 ? -size : size;
  }
  return table;
}
