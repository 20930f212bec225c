// The few parts of TensorFlow.js that the tracker uses, by the paths of the pinned packages:
// their own types would draw in all of the library.

declare module "@tensorflow/tfjs-core/dist/engine.js" {
  export interface Tensor {
    readonly shape: number[];
    readonly size: number;
    readonly dataId: object;
  }
  export const ENGINE: {
    registerBackend(name: string, factory: () => object, priority?: number): boolean;
    setBackend(name: string): Promise<boolean>;
    makeTensor(values: Float32Array, shape: number[], dtype: "float32"): Tensor;
    runKernel(name: string, inputs: Record<string, Tensor | undefined>, attributes?: Record<string, unknown>): Tensor;
    startScope(name?: string): void;
    endScope(): void;
    readonly backend: { readSync(dataId: object): Float32Array };
    memory(): { numTensors: number };
  };
}
declare module "@tensorflow/tfjs-core/dist/kernel_registry.js" {
  export function registerKernel(config: object): void;
}
declare module "@tensorflow/tfjs-core/dist/flags.js";
declare module "@tensorflow/tfjs-core/dist/platforms/platform_browser.js";
declare module "@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js" {
  export class BackendWasm {
    constructor(module: object);
  }
}
declare module "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js" {
  /** A module of Emscripten; tfjs is what TensorFlow.js adds to it. */
  export interface WasmModule {
    cwrap(name: string, result: string | null, args: string[]): (...args: number[]) => number;
    tfjs?: Record<string, (...args: number[]) => number>;
  }
  const factory: (config: Record<string, unknown>) => Promise<WasmModule>;
  export default factory;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D.js" {
  export const fusedConv2DConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/DepthwiseConv2dNative.js" {
  export const depthwiseConv2dNativeConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Add.js" {
  export const addConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Relu.js" {
  export const reluConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Prelu.js" {
  export const preluConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool.js" {
  export const maxPoolConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/PadV2.js" {
  export const padV2Config: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape.js" {
  export const reshapeConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Sigmoid.js" {
  export const sigmoidConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Identity.js" {
  export const identityConfig: object;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose.js" {
  export const transposeConfig: object;
}
