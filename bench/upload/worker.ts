// The peer: the body goes to the bucket as it comes.
export default {
  async fetch(request, env) {
    if (request.method === "PUT") await env.BUCKET.put(new URL(request.url).pathname, request.body);
    return new Response("stored");
  },
} satisfies ExportedHandler<{ BUCKET: R2Bucket }>;
