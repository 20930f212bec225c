// The few parts of TensorFlow.js that the tracker uses, by the paths of the pinned packages:
// their own types would draw in all of the library.

declare module "@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js" {
  /** A tensor: where its numbers lie, and how many. */
  export interface TensorInfo {
    dataId: object;
    shape: number[];
    dtype: "float32";
  }
  /** Memory of the kernels. Data are counted: what was given twice is freed twice. */
  export class BackendWasm {
    constructor(module: object);
    makeOutput(shape: number[], dtype: "float32", memoryOffset: null, values: Float32Array): TensorInfo;
    readSync(dataId: object): Float32Array;
    disposeData(dataId: object): boolean;
  }
  /** A kernel as the library registers it. */
  export interface KernelConfig {
    kernelName: string;
    setupFunc?(backend: BackendWasm): void;
    kernelFunc(call: { inputs: Record<string, TensorInfo | undefined>; attrs: Record<string, unknown>; backend: BackendWasm }): TensorInfo;
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
  export const fusedConv2DConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/DepthwiseConv2dNative.js" {
  export const depthwiseConv2dNativeConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Add.js" {
  export const addConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Relu.js" {
  export const reluConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Prelu.js" {
  export const preluConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool.js" {
  export const maxPoolConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/PadV2.js" {
  export const padV2Config: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape.js" {
  export const reshapeConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Sigmoid.js" {
  export const sigmoidConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Identity.js" {
  export const identityConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
declare module "@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose.js" {
  export const transposeConfig: import("@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js").KernelConfig;
}
