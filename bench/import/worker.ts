/** Puts a body into the bucket under the path of the request. */
export default {
  async fetch(request: Request, env: { BUCKET: R2Bucket }): Promise<Response> {
    if (request.method !== "PUT") return new Response("ready");
    await env.BUCKET.put(new URL(request.url).pathname, request.body);
    return new Response(null, { status: 201 });
  },
};
