/** Runs the packed networks (scripts/pack.mjs) on the kernels of TensorFlow.js's wasm backend, without its engine. */

import { BackendWasm, type TensorInfo } from "@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js";
import factory, { type WasmModule } from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js";
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

const configs = [
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

/** What the kernels work in: their memory, and the functions by their names. */
export interface Kernels {
  backend: BackendWasm;
  run(name: string, inputs: Record<string, TensorInfo | undefined>, attrs?: Record<string, unknown>): TensorInfo;
}

let started: Promise<Kernels> | undefined;

/** Compiles the kernels. The bytes are handed over, so that it does not matter as what type they were served. */
export function startKernels(wasm: ArrayBuffer): Promise<Kernels> {
  started ??= start(wasm).catch((reason: unknown) => {
    started = undefined;
    throw reason;
  });
  return started;
}

async function start(wasm: ArrayBuffer): Promise<Kernels> {
  // Emscripten never settles when compiling fails, and would compile once more: it is given what was compiled.
  const compiled = await WebAssembly.compile(wasm);
  const module = await new Promise<WasmModule>((resolve, reject) => {
    const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object => {
      WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled)).catch(reject);
      return {};
    };
    factory({ instantiateWasm, locateFile: (path: string) => path }).then(resolve, reject);
  });
  module.tfjs = {
    initWithThreadsCount: module.cwrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: module.cwrap("get_threads_count", "number", []),
    registerTensor: module.cwrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: module.cwrap("dispose_data", null, ["number"]),
    dispose: module.cwrap("dispose", null, []),
  };
  const backend = new BackendWasm(module);
  for (const { setupFunc } of configs) setupFunc?.(backend);
  // The library's engine keeps every tensor to the end, so that nothing of what a step needs is still in the processor's cache.
  const functions = new Map(configs.map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));
  return { backend, run: (name, inputs, attrs = {}) => functions.get(name)!({ inputs, attrs, backend }) };
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
  readonly #kernels: Kernels;
  readonly #header: Header;
  readonly #weights: TensorInfo[];
  /** For each step the values that nothing needs after it. */
  readonly #spent: number[][];

  /** Reads a packed network. */
  constructor(kernels: Kernels, file: ArrayBuffer) {
    this.#kernels = kernels;
    const length = new DataView(file).getUint32(0, true);
    this.#header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length))) as Header;
    const table = halves();
    let at = 4 + length;
    this.#weights = this.#header.weights.map((shape) => {
      const coded = new Uint16Array(file, at, shape.reduce((a, b) => a * b, 1));
      at += coded.byteLength;
      const values = new Float32Array(coded.length);
      for (let i = 0; i < values.length; i++) values[i] = table[coded[i]!]!;
      return kernels.backend.makeOutput(shape, "float32", null, values);
    });
    this.#spent = spent(this.#header, this.#weights.length);
  }

  /** Gives the outputs for one input; all that was made on the way is freed, most of it at once. */
  run(input: Float32Array): Float32Array[] {
    const { backend } = this.#kernels;
    const values = [backend.makeOutput(this.#header.input, "float32", null, input), ...this.#weights];
    this.#header.steps.forEach(([op, operands, attributes], i) => {
      values.push(step(this.#kernels, op, operands.map((at) => values[at]!), attributes));
      for (const at of this.#spent[i]!) backend.disposeData(values[at]!.dataId);
    });
    const outputs = this.#header.outputs.map((at) => values[at]!.dataId);
    const read = outputs.map((id) => backend.readSync(id));
    for (const id of outputs) backend.disposeData(id);
    return read;
  }
}

/** Finds after which step each value is needed no more; weights and outputs stay. */
function spent({ steps, outputs }: Header, weights: number): number[][] {
  const last = new Map<number, number>();
  steps.forEach(([, operands], i) => {
    for (const at of operands) last.set(at, i);
  });
  const free: number[][] = steps.map(() => []);
  for (const [at, i] of last) if ((at === 0 || at > weights) && !outputs.includes(at)) free[i]!.push(at);
  return free;
}

function step({ run }: Kernels, op: string, operands: TensorInfo[], attributes: Record<string, unknown>): TensorInfo {
  const x = operands[0]!;
  const window = { ...(attributes as unknown as Window), dataFormat: "NHWC", dilations: [1, 1] };
  switch (op) {
    case "conv":
      return run("FusedConv2D", { x, filter: operands[1], bias: operands[2], preluActivationWeights: operands[3] }, window);
    case "depthwise":
      return run("DepthwiseConv2dNative", { x, filter: operands[1] }, window);
    case "pool":
      return run("MaxPool", { x }, { ...window, filterSize: attributes["size"] });
    case "pad":
      return run("PadV2", { x }, { paddings: attributes["by"], constantValue: 0 });
    case "reshape":
      return run("Reshape", { x }, { shape: attributes["shape"] });
    case "add":
      return run("Add", { a: x, b: operands[1] });
    case "relu":
      return run("Relu", { x });
    case "prelu":
      return run("Prelu", { x, alpha: operands[1] });
    case "sigmoid":
      return run("Sigmoid", { x });
    default:
      throw new Error(`unknown operation ${op}`);
  }
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
