declare const assumed: object;
export default assumed;
