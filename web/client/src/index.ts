export type { components, operations } from "./api.gen.js";
export { Client, type Options, type Tokens } from "./client.js";
export { ApiError } from "./error.js";
export type { Input, OperationName, Output, Upload } from "./operation.js";
