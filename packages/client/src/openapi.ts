// Made from docs/openapi.json by `npm run generate`. Changes to this file are lost with the next run.

export interface paths {
    readonly "/v1/media": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List media objects
         * @description Needs the scope `read`. Without parameters the page holds the oldest media objects. With `trashed=true` the page holds the media objects in the trash, the latest first.
         */
        readonly get: operations["listMedia"];
        readonly put?: never;
        /**
         * Upload a photo
         * @description Needs the scope `write`. The body is a form or the photo itself. A form has at most 8 MiB and 256 parts; a field that is not a file has at most 1 MiB. A photo as the body needs a `Content-Length` and is streamed to the storage. The first bytes of the photo decide its media type; a `Content-Type` other than `application/octet-stream` must name the same media type. The service checks a `Content-Digest`. The digest of a form covers the whole form and is checked before the photo is stored. The digest of a photo is checked while the photo is stored; if the digest differs, nothing is kept.
         */
        readonly post: operations["uploadMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/search": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Search media objects
         * @description Needs the scope `read`. Searches description, keywords, title, creator, credit, copyright, city, state, country, object key, camera, and all other text fields of `object_metadata`. First come the media objects whose description and keywords match the whole query, then all others, then those that only suggestions match; within each the newest come first. Without `q` every media object is a result. The filters of the list apply too.
         */
        readonly get: operations["searchMedia"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get a media object
         * @description Needs the scope `read`. With `links` the answer is never `304`, because links expire. A media object in the trash is shown only with `trashed=true`.
         */
        readonly get: operations["getMedia"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Put a media object into the trash, or delete it for good
         * @description Needs the scope `write`; with `permanent=true` the scope `admin`. A media object in the trash is in no list, search or count, and its stored thumbnails are deleted; `POST /v1/media/{id}/restore` takes it out again. The object stays in the storage until the nightly run deletes the media object and the object for good, after `TRASH_DAYS` (30) days. If `TRASH_DAYS` is 0, every media object is deleted for good at once, and the scope `admin` is needed. If a different file was stored under the object key since, the service keeps that file. Takes no body, or `{}`.
         */
        readonly delete: operations["deleteMedia"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Change the object_metadata of a media object
         * @description Needs the scope `write`. Two clients that change different fields at the same time both succeed. Send `If-Match` to change the media object only if no person has changed the media object since the client read it.
         */
        readonly patch: operations["changeMedia"];
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/process": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Process a media object again
         * @description Needs the scope `write`. Use this operation if processing a media object has failed or its bytes have changed. Takes no body, or `{}`.
         */
        readonly post: operations["processMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a media object out of the trash
         * @description Needs the scope `write`. The media object keeps its `id`, its `object_metadata` and its `revision`. The service makes the thumbnails again: the media object is `pending` until then. If the object is gone, or another media object has the object key by now, the restored media object is missing (see `missing_since`). Takes no body, or `{}`.
         */
        readonly post: operations["restoreMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/sidecar": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take the words of the sidecar of a media object
         * @description Needs the scope `write`. The service reads the sidecar that lies beside the object now. The fields that the sidecar has replace the same fields of `object_metadata`, as a new revision; other fields stay. `sidecar.changed` is false after that. Takes no body, or `{}`.
         */
        readonly post: operations["takeSidecar"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/suggestions/accept": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take suggestions into the object_metadata of a media object
         * @description Needs the scope `write`. The named suggestions become `object_metadata` as a new revision; the others stay.
         */
        readonly post: operations["acceptSuggestions"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/suggestions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Refuse the suggestions for a media object
         * @description Needs the scope `write`. Nothing more is suggested for the media object until its bytes change. Takes no body, or `{}`.
         */
        readonly delete: operations["refuseSuggestions"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/neighbours": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the neighbours of a media object
         * @description Needs the scope `read`. The neighbours are those in `GET /v1/media` with the same `sort` (`created_at`, `updated_at`, `taken_at`, `object_key`, `file_size`), `order` and filters, or in `GET /v1/search` with the same `q` and filters. A media object that does not match the filters has the neighbours of its place. The service looks at no more than 10,000 media objects in each direction.
         */
        readonly get: operations["getNeighbours"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/similar": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the media objects that are like a media object
         * @description Needs the scope `read`. Lists the media objects with the same bytes, and those whose pictures are the same or alike, without missing media objects and without the trash. Media objects that were not processed by this version of the service, or whose pictures are flat, such as a white page, have no similar pictures; only equal bytes are found then. A media object that is missing has similar ones all the same. Bytes at different storage providers are equal where the service could hash both, and their pictures lead from one to the other. While the service builds its index of pictures, a page tells only equal bytes, and the page behind them is `503 busy` with `Retry-After`. A cursor ends with the picture of the media object: when the bytes are replaced, begin again.
         */
        readonly get: operations["listSimilarMedia"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the changes of a media object by people, the newest first
         * @description Needs the scope `read`. The last item is what the media object was created with, or the oldest `object_metadata` that the service knows. The answer never exceeds 4 MiB. A page reads one row for each of its items and at most 200 rows more, however long the history is; the history of an import may cost more. Changes that are made while a client reads pages do not move the later pages.
         */
        readonly get: operations["listRevisions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/revert": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Bring an earlier revision of a media object back
         * @description Needs the scope `write`. The `object_metadata` of that revision comes back as a new revision, exactly as it was; the service does not check it against rules that are newer. If the `object_metadata` is the same already, nothing changes. A revision that the history does not have is a `422`.
         */
        readonly post: operations["revertMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/bulk": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Change the object_metadata of many media objects
         * @description Needs the scope `write`. Changes up to 500 media objects by `ids`, or all that match a `filter`. For each media object first the patch in `object_metadata` is applied, then `remove_keywords`, then `add_keywords`. A media object that cannot be changed is reported and stops no other, unless `atomic` is `true`. A keyword is renamed everywhere by `filter: {keyword: old}`, `remove_keywords: [old]`, `add_keywords: [new]`. By filter a call comes by at most 10000 media objects, from the oldest on (with `q` from the newest on), and may end earlier: as long as `next_cursor` is not null, send the same body with `cursor`. A media object that does not match any more because of the change is not skipped, and none is changed twice. A call that breaks off has changed some media objects whole and others not at all; send it again. All changes of the calls along `next_cursor` are one operation, which can be reverted.
         */
        readonly post: operations["changeManyMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/keywords": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Count the keywords of some media objects
         * @description Needs the scope `read`. Tells which keywords all of the selected media objects have, and which some of them. Case and accents do not count. Changes nothing; the request is a POST because of its body.
         */
        readonly post: operations["countSelectedKeywords"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/links": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Make signed links that a browser can load without a key
         * @description Needs the scope `read`, and counts as a read. A request without a body means `{}`. Anybody who has a link can load the photo or thumbnail with `GET` and `HEAD` until the link expires. A link ends early only if the media object is deleted or the signing secret changes. If any part of a link is altered, the answer is `403`. The parameter `v` of a link names the current version of the bytes. Caches may keep these bytes until the link expires, for a day at most. Links with the same lifetime that are made within the same hour are equal. The service makes links to a missing media object, too; these links answer `410`.
         */
        readonly post: operations["makeLinks"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/data": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the original bytes of a media object
         * @description Needs the scope `read`, or a signed link. If the media object is missing, the answer is `410` until an ingest finds the object again, even if the storage holds the object again before.
         */
        readonly get: operations["getMediaData"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/thumbnail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the thumbnail of a media object
         * @description Needs the scope `read`, or a signed link. The thumbnail is an upright JPEG. The service keeps one preview of each photo (size 1024, `contain`) and makes every thumbnail from it that has no more pixels. The service makes a larger thumbnail from the original on first use, and keeps it. If the media object is missing, the answer is `410`, unless the request has the right `v` and the thumbnail is stored, or has no more pixels than the stored preview.
         */
        readonly get: operations["getThumbnail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/xmp": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the object_metadata of a media object as an XMP packet
         * @description Needs the scope `read`. The packet is a sidecar: a file `NAME.EXT.xmp` beside the photo, which Lightroom, darktable, digiKam and exiftool read. The packet carries description, keywords, rating, title, creator, credit, copyright, usage terms, city, state, country, `taken_at` and `location` by the properties of IPTC and XMP. The packet carries all of `object_metadata` a second time, as JSON in `tagline:ObjectMetadata`, with every custom field.
         */
        readonly get: operations["getMediaXmp"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/overview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the collection in numbers
         * @description Needs the scope `read`. The numbers for a front page. The service keeps them as media objects change: the answer takes the same time for any number of media objects. The service answers also when the coordinator of ingests does not.
         */
        readonly get: operations["getOverview"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/timeline": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Count media objects by year, month or day
         * @description Needs the scope `read`. The periods are those of `GET /v1/media` with `sort=taken_at` (or `created_at`) and `order=desc`: a client can lay out all media objects before it lists them. Without filters every count is exact. With filters the service looks at no more than 100,000 media objects, then it stops: `capped` is `true`. The service looks at the newest first where it cannot look at all of them, so the counts of newer periods are exact nevertheless. The oldest period of the answer may be incomplete, older periods may be absent, and `undated` may be too low. With `q` the service looks at the media objects that were created last, so every period may be incomplete.
         */
        readonly get: operations["getTimeline"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/keywords": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the keywords
         * @description Needs the scope `read`. Spellings that differ only in case and accents are one keyword. While counts change, each keyword whose count stays the same comes exactly once in a walk over all pages.
         */
        readonly get: operations["listKeywords"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the cameras
         * @description Needs the scope `read`. Spellings that differ only in the case of the letters A to Z are one camera.
         */
        readonly get: operations["listCameras"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/folders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List a folder
         * @description Needs the scope `read`. The folders are the parts of object keys between slashes. A path without media objects is an empty folder, not an error.
         */
        readonly get: operations["listFolder"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/operations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List operations, the newest first
         * @description Needs the scope `read`. A bulk change that changed no media object is in the list, with `updated` 0; any other operation that changed none is not.
         */
        readonly get: operations["listOperations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/operations/{id}/revert": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take an operation back
         * @description Needs the scope `write`. Each media object gets the words that it had before the operation, if its words are still, or again, the words that the operation left. A call handles at most 10,000 media objects; send its `next_cursor` as `cursor` in the body of the next call. A request without a body means `{}`. A second revert of the same operation passes over what was taken back already. To take a revert back, revert its `operation_id`.
         */
        readonly post: operations["revertOperation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/duplicates": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List groups of copies
         * @description Needs the scope `read`. Missing media objects and the trash are left out, and so is a group of which fewer than two media objects are left. Bytes are equal by content hash and size; the storage provider tells the hash, so that equal bytes at providers of different types are told by the kind `same` and not by `equal`. The kind `same` is found when photos are processed: groups grow while an ingest runs. `GET /v1/media/{id}/similar` tells what is like a single media object.
         */
        readonly get: operations["listDuplicates"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/duplicates/unite": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Give each of some media objects the words of all
         * @description Needs the scope `write`. Keywords are united: each media object keeps its own keywords first, and gets the keywords that it lacks, whatever their case, in the order of `ids`. Any other field is filled where a media object lacks the field, if all media objects that have the field agree; if not, the field stays as it is and the answer reports it. Either all media objects are changed or none. The service touches no object in the storage. An id that no media object has, or that is in the trash, is a `422`.
         */
        readonly post: operations["uniteMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/media/{id}/relink": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Tell a missing media object where its photo is now
         * @description Needs the scope `write`. The missing media object takes the object of the media object `to`, in any storage provider, and keeps its id and its words. Its words are united with the words of `to`: keywords are united, and a field that it lacks is filled. The history of `to` comes along. The service then hides the media object `to`. To bring it back with its object, id and words, revert the operation. The service touches no object in the storage. A `to` that no media object has is a `422`.
         */
        readonly post: operations["relinkMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Export all media objects
         * @description Needs the scope `read`. The service streams every media object in the order of ids, missing media objects included. A media object that is in the trash is left out. Each media object is as it was when its line was written.
         *
         *     **End.** The last line is the closing line: `{"end": true, "next_cursor": null}`, in CSV the same after `# `. An export without a closing line is not whole: send the request again with the `id` of the last line that arrived whole as `cursor`. A closing line with a `next_cursor` means that the export has reached the limit of one request: send the request again with this `cursor`. Joined in their order, the parts are one export.
         *
         *     **NDJSON.** A line is a `MediaObject` without `suggestions`. With `history=true` it has `revisions`: the changes by people, newest first, each with `revision`, `changed_at`, `changed_by`, `operation_id`, `words_hash` and `patch`, which leads from the words of this revision back to the words before: `whole` (all words before), `set` and `unset` (fields), `drop` and `put` (keywords by their places after and before the change), `order` (of the fields). A line holds some 256 KiB of revisions. Older revisions follow in lines of their own, which have `revisions` and an `id` that is made of the id of the media object, a dot, and the lowest revision of the line.
         *
         *     **CSV.** UTF-8 with a byte order mark, commas, quotes by RFC 4180. A part that begins at a `cursor` has neither byte order mark nor names of columns. `metadata.keywords` has the keywords with `; ` between them. `metadata.others` has the custom fields as JSON, and fields that a cell cannot tell exactly. `metadata.order` has the order of the fields where it does not follow. A text that a spreadsheet would run as a formula begins with an apostrophe.
         *
         *     `POST /v1/import` takes both formats back.
         */
        readonly get: operations["exportMedia"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/import": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Import the words of an export
         * @description Needs the scope `admin`. The body is an export as `GET /v1/export` gives it, as NDJSON or as CSV, or a part of one: at most 50 MiB, packed with gzip (one whole gzip file) or not, and 1 MiB a line. The service reads `id`, `provider`, `object_key`, `content_hash`, `file_size` and `object_metadata` of a line, and ignores other fields.
         *
         *     A line belongs to the media object with its `id`, otherwise to the media object with its `provider` and `object_key` if the bytes of that media object have the `content_hash` and the `file_size` of the line or the line has no `content_hash`, otherwise to the only media object with its `content_hash` and `file_size`. If no media object has these bytes, the line belongs to the media object with its `provider` and `object_key`, whose bytes were replaced. Of lines for the same media object, among the up to 1,000 that the service looks at together, only the surest in this order counts; the others belong to no media object. A line whose `id` is in the trash, or was hidden by a relink, belongs to no media object. An import creates no media object.
         *
         *     The `object_metadata` of the line replaces the `object_metadata` of the media object, so that a field that the line lacks is removed. An older value that breaks a rule of today is restored: the service refuses a line only if its `object_metadata` is too large, too deep, or cannot be kept. A line that does not fit is reported and stops no other. An import that is sent again changes nothing further, so that an import that broke off is sent again.
         *
         *     **History.** With `history=true` a media object that no person has changed gets the `revisions` and the `revision` of the line, and so does a media object whose history ends where the line's history has the same revision. The import adds no revision of its own then. Any other media object gets the words as one new revision. Lines with older revisions must follow the line of their media object in the same body.
         *
         *     **CSV.** The first row names the columns, in any order; without names the columns are those of the export. Every column of words must be there. An empty cell removes a field.
         */
        readonly post: operations["importMedia"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/mcp": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Use the tools for agents (Model Context Protocol)
         * @description Needs the scope `read`; tools that write need the scope `write`. A server of the Model Context Protocol over streamable HTTP, without sessions: each request is one message, and its answer is one JSON document, never a stream. `GET` and `DELETE` are therefore `405`. A request of a web page is refused unless the page is of this service or of an origin that `CORS_ALLOWED_ORIGINS` names. A tool that writes changes nothing without the token that its dry run gave. Each message counts as a read, and a call of a tool that writes as a write too.
         */
        readonly post: operations["sendAgentMessage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Find new, changed and vanished photos
         * @description Needs the scope `admin`. Only one run can be on at a time. A request without a body means `{}`.
         */
        readonly post: operations["startIngest"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/database/scan": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Process waiting, failed or outdated media objects again
         * @description Needs the scope `admin`. Only one run can be on at a time. A request without a body means `{}`.
         */
        readonly post: operations["scanDatabase"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Cancel the running ingest
         * @description Needs the scope `admin`. The run drops its queued work; media objects that were queued stay `pending` for the next ingest or scan. Finished work is kept. Work that has begun may still be finished. If no run is on, nothing happens. Takes no body, or `{}`.
         */
        readonly post: operations["cancelIngest"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the progress of the running ingest
         * @description Needs the scope `read`.
         */
        readonly get: operations["getIngestStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sidecars": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Write the sidecars of media objects
         * @description Needs the scope `admin`. Queues the sidecars of all media objects that match `filter`, or of all with `all: true`. The service writes each sidecar beside its photo as `NAME.EXT.xmp` within some minutes; many sidecars take longer. Only storage providers with `sidecars: "write"` have their sidecars written. A call queues at most 10000 media objects: as long as `next_cursor` is not null, send the same body with `cursor`.
         */
        readonly post: operations["writeSidecars"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/runs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List runs, the newest first
         * @description Needs the scope `read`. The service keeps at least the last 50 runs.
         */
        readonly get: operations["listRuns"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/runs/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get a run
         * @description Needs the scope `read`. The service keeps at least the last 50 runs.
         */
        readonly get: operations["getRun"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/runs/{id}/failures": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the media objects that a run could not process
         * @description Needs the scope `read`.
         */
        readonly get: operations["listRunFailures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/runs/{id}/missing": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the media objects that a run declared missing
         * @description Needs the scope `read`. For a run in the state `needs_confirmation` that is the latest of its storage provider, the list also holds the media objects that an ingest with `confirm_missing` would declare missing. The media objects are as they are now: a media object that was found again since is not in the list.
         */
        readonly get: operations["listRunMissing"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/runs/{id}/ambiguous": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the moves that a run did not guess
         * @description Needs the scope `read`. Several missing photos, or several new ones, had the same bytes, and the run could not tell which of them had moved where. The media objects are as they are now: a media object that was found again since, or that has no candidates any more, is not in the list.
         */
        readonly get: operations["listRunAmbiguous"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ingest/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Stream the progress of the running ingest
         * @description Needs the scope `read`. The service sends the first `status` event at once, and a further event after each change, at most one event a second. The data of an event is the answer of `getIngestStatus`. The stream ends when the run has ended, after the first event if nothing runs, or after 5 minutes.
         */
        readonly get: operations["followIngest"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/database/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Check the database
         * @description Needs the scope `read`.
         */
        readonly get: operations["getDatabaseHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/about": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the caller, the limits and the accepted types
         * @description Needs the scope `read`. The answer names the caller, the limits, the accepted media types and the storage providers. The service answers without reading the database.
         */
        readonly get: operations["getAbout"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Tell who is asking
         * @description Needs no key. For nobody, and for a session that is over, the answer is `200` with `name` and `via` null: a web page learns whether its visitor is signed in without an error.
         */
        readonly get: operations["getSession"];
        readonly put?: never;
        /**
         * Sign in with a key
         * @description Needs a key, in the usual header. The answer sets a cookie, with which the pages of this service need no key for 12 hours: the cookie holds no key, and no script can read it. The session ends earlier when its key is removed or replaced; its scopes are always the scopes of the key. Over http the service sets a cookie only on the machine on which it runs; elsewhere the answer is `422`. The request counts as a read. Takes no body, or `{}`.
         */
        readonly post: operations["signIn"];
        /**
         * Sign out
         * @description Needs no key. The answer removes the cookie of the session, if there is one, and what the browser keeps of this service. A copy of the cookie that somebody else has made lives until its time is over; to end it at once, replace the key. Takes no body, or `{}`.
         */
        readonly delete: operations["signOut"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/dropbox": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Answer the challenge of Dropbox
         * @description Needs no key. Dropbox sends this request once, to verify that the address belongs to the service.
         */
        readonly get: operations["dropboxChallenge"];
        readonly put?: never;
        /**
         * Receive a notification of Dropbox
         * @description Needs no key: the service checks the signature of Dropbox. After the answer the service starts an ingest of the storage providers that belong to the Dropbox app.
         */
        readonly post: operations["dropboxNotification"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Check the service
         * @description Needs no key.
         */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A page of media objects. */
        readonly MediaList: {
            /** @description The media objects of the page. */
            readonly items: readonly (components["schemas"]["MediaListItem"] | components["schemas"]["PartialMediaObject"])[];
            /** @description The number of media objects in the list; null with `cursor`. */
            readonly total: number | null;
            /** @description `true`: the service stopped counting, and there are more media objects in the list than `total`. */
            readonly total_capped: boolean;
            /** @description The `limit` that the service applied. */
            readonly limit: number;
            /** @description The `offset` that the service applied; null with `cursor`. */
            readonly offset: number | null;
            /** @description The number of pages: `total` divided by `limit`, rounded up; null with `cursor`. */
            readonly pages: number | null;
            /** @description The `cursor` of the next page; null on the last page. A page may hold fewer than `limit` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than 10,000 media objects (20,000 with `offset`) for a page. Only `next_cursor` tells whether a next page exists. */
            readonly next_cursor: string | null;
        };
        /** @description A media object, with the links that were asked for. */
        readonly MediaListItem: {
            /**
             * Format: uuid
             * @description The id of the media object: a UUID of version 7. Sorting by `id` sorts by time of creation.
             */
            readonly id: string;
            /** @description The name of the storage provider that holds the object. */
            readonly provider: string;
            /** @description The object key, exactly as the storage provider spells the key. The object key of an upload is NFC. */
            readonly object_key: string;
            /** @description The media type of the object. The first bytes of the object decide the media type. */
            readonly content_type: string;
            /** @description The size of the object in bytes. */
            readonly file_size: number;
            /** @description The content hash that the storage provider offers: `md5:…`, `dropbox:…` or `sha256:…`. */
            readonly content_hash: string | null;
            /**
             * Format: date-time
             * @description The time at which the object last changed at the storage provider.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly last_modified: string | null;
            /**
             * @description `pending`: the photo waits to be processed. `ready`: the photo was processed. `failed`: the photo could not be processed, see `error`. `unsupported`: the photo is stored and served without a thumbnail, see `error`.
             * @enum {string}
             */
            readonly state: "pending" | "ready" | "failed" | "unsupported";
            /** @description The reason why the state is `failed` or `unsupported`. */
            readonly error: components["schemas"]["ProcessingError"] | null;
            /**
             * Format: date-time
             * @description The time since which the object is missing from the storage provider; null while the storage provider holds the object.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly missing_since: string | null;
            readonly intrinsic: components["schemas"]["Intrinsic"];
            /** @description The time at which the photo was taken. `object_metadata.taken_at` counts before the file. */
            readonly taken: components["schemas"]["Taken"] | null;
            /** @description The place where the photo was taken. `object_metadata.location` counts before the file. */
            readonly place: components["schemas"]["Place"] | null;
            readonly object_metadata: components["schemas"]["ObjectMetadata"];
            /** @description The version of the thumbnail, for the parameter `v`; null if the media object can have no thumbnail. */
            readonly thumbnail_version: string | null;
            /** @description The sidecar that lies beside the object: an XMP file with the words of the photo. Null without a sidecar. */
            readonly sidecar: components["schemas"]["Sidecar"] | null;
            /** @description Suggested words, apart from `object_metadata`; null for none. */
            readonly suggestions: components["schemas"]["Suggestions"] | null;
            /** @description The number of changes that people have made to the media object. */
            readonly revision: number;
            /**
             * Format: date-time
             * @description The time at which the media object was created.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description The time at which the media object last changed.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly updated_at: string;
            /** @description Signed links to an item. Present only if `links` asks for them. */
            readonly links?: components["schemas"]["ItemLinks"] | components["schemas"]["NamedItemLinks"];
            /**
             * Format: date-time
             * @description The time at which the media object was put into the trash. Present only with `trashed=true`, whatever `fields` names.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly trashed_at?: string;
        };
        /** @description The reason why a photo has no thumbnail. */
        readonly ProcessingError: {
            /** @description The reason as a code for programs, such as `corrupt` or `too_many_pixels`. */
            readonly code: string;
            /** @description The reason in words for people. */
            readonly detail: string;
        };
        /** @description The facts that the file tells. A field is null if the file does not tell its value; the service never guesses. */
        readonly Intrinsic: {
            /** @description The width of the upright photo in pixels. */
            readonly width: number | null;
            /** @description The height of the upright photo in pixels. */
            readonly height: number | null;
            /** @description The EXIF orientation of the stored photo: 1 to 8. */
            readonly orientation: number | null;
            /** @description The time at which the photo was taken, as the file tells the time: a date-time without offset. */
            readonly taken_at: string | null;
            /** @description The offset of the camera's clock from UTC, such as `+02:00`. */
            readonly taken_at_offset: string | null;
            /** @description The camera that the file names. */
            readonly camera: components["schemas"]["Camera"] | null;
            /** @description The exposure that the file tells. */
            readonly exposure: components["schemas"]["Exposure"] | null;
            /** @description The place that the file tells. */
            readonly location: components["schemas"]["Location"] | null;
            /** @description A ThumbHash of the whole photo in base64. A client can show the ThumbHash while the thumbnail loads. */
            readonly thumbhash: string | null;
            /** @description The whole caption of the file if the caption is too long for `object_metadata.description`; otherwise null. */
            readonly caption: string | null;
        };
        /** @description The camera that the file names. */
        readonly Camera: {
            /** @description The maker of the camera. */
            readonly make: string | null;
            /** @description The model of the camera. */
            readonly model: string | null;
            /** @description The lens of the camera. */
            readonly lens: string | null;
        };
        /** @description The exposure of the photo. */
        readonly Exposure: {
            /** @description The exposure time in seconds. */
            readonly time: number | null;
            /** @description The f-number of the aperture. */
            readonly f_number: number | null;
            /** @description The ISO speed. */
            readonly iso: number | null;
            /** @description The focal length in millimetres. */
            readonly focal_length: number | null;
        };
        /** @description The place where the photo was taken. */
        readonly Location: {
            /** @description Degrees north of the equator. */
            readonly latitude: number;
            /** @description Degrees east of Greenwich. */
            readonly longitude: number;
            /** @description Metres above sea level. */
            readonly altitude: number | null;
        };
        /** @description The best known time at which the photo was taken. */
        readonly Taken: {
            /**
             * @description A local date-time without offset. If only a day, a month or a year is known, `at` is its first moment. Lists are sorted and filtered by `at`.
             * @example 1962-01-01T00:00:00.000
             */
            readonly at: string;
            /** @description The offset of the clock from UTC, such as `+02:00`. */
            readonly offset: string | null;
            /**
             * @description The precision of the known time.
             * @enum {string}
             */
            readonly precision: "year" | "month" | "day" | "second";
            /**
             * @description The source of the time. `person`: `object_metadata.taken_at`. `exif`, `xmp` and `iptc`: the metadata of the file; `xmp` also that of its sidecar. `digitized`: the file tells only the time of its digitisation.
             * @enum {string}
             */
            readonly source: "person" | "exif" | "xmp" | "iptc" | "digitized";
        };
        /** @description The best known place where the photo was taken. */
        readonly Place: {
            /** @description Degrees north of the equator. */
            readonly latitude: number;
            /** @description Degrees east of Greenwich. */
            readonly longitude: number;
            /** @description Metres above sea level. */
            readonly altitude: number | null;
            /**
             * @description The source of the place. `person`: `object_metadata.location`. `exif` and `xmp`: the metadata of the file; `xmp` also that of its sidecar.
             * @enum {string}
             */
            readonly source: "person" | "exif" | "xmp";
        };
        /** @description The words that people wrote about the photo. `object_metadata` has at most 65536 bytes as JSON and at most 8 levels. Any other `lower_snake_case` name of at most 64 characters is a custom field and holds any JSON value. */
        readonly ObjectMetadata: {
            /** @description A description of the photo: at most 1024 characters (Unicode code points). */
            readonly description?: string;
            /** @description At most 256 keywords. The service trims each keyword. If two keywords differ only in case, the service keeps the first. */
            readonly keywords?: readonly string[];
            /** @description A short name for the photo. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly title?: unknown;
            /** @description The person who took the photo. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly creator?: unknown;
            /** @description The person or agency to name with the photo. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly credit?: unknown;
            /** @description The copyright notice of the photo. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly copyright?: unknown;
            /** @description The terms of use of the photo. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly usage_terms?: unknown;
            /** @description The city that the photo shows. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly city?: unknown;
            /** @description The state or province that the photo shows. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly state?: unknown;
            /** @description The country that the photo shows. At most 1024 characters (Unicode code points). A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly country?: unknown;
            /** @description The number of stars: a whole number from 0 to 5. A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly rating?: unknown;
            /** @description The time at which the photo was taken, as precisely as it is known: a year, a month, a day, or a local date-time without offset (`1962`, `1962-07`, `1962-07-14`, `1962-07-14T16:03`, `…:11`, `…:11.250`), from 1826 to 2099. `object_metadata.taken_at` counts before the time in the file. A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly taken_at?: unknown;
            /** @description The place where the photo was taken, in degrees north and east. `object_metadata.location` counts before the place in the file. A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it. */
            readonly location?: unknown;
        } & {
            readonly [key: string]: unknown;
        };
        /** @description The sidecar of a photo. */
        readonly Sidecar: {
            /** @description The object key of the sidecar. */
            readonly key: string;
            /** @description True if the sidecar has other words than the service last read or wrote, and the media object has words of a person. `POST /v1/media/{id}/sidecar` takes the words of the sidecar. */
            readonly changed: boolean;
        };
        /** @description Words that a machine suggests and no person has decided on. */
        readonly Suggestions: {
            /** @description A description; null if none is suggested. */
            readonly description: string | null;
            /** @description Keywords, the likeliest first. */
            readonly keywords: readonly {
                /** @description A keyword of the archive. */
                readonly keyword: string;
                /** @description How likely the model thinks the keyword is: 0.5 to 1. */
                readonly score: number;
            }[];
            /** @description The models that were asked. */
            readonly model: string | null;
            /**
             * Format: date-time
             * @description The time at which the models answered.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly created_at: string;
        };
        /** @description A signed link to the thumbnail of an item, with `links=true`. */
        readonly ItemLinks: {
            /**
             * Format: uri
             * @description A signed link to the thumbnail of size 512 with the fit `cover`; null if the media object can have no thumbnail.
             */
            readonly thumbnail_url: string | null;
            /**
             * Format: date-time
             * @description The time at which the links expire.
             */
            readonly expires_at: string;
        };
        /** @description Signed links to the thumbnails of an item that `links` names, such as `links=512-cover`. */
        readonly NamedItemLinks: {
            /** @description A signed link for each thumbnail that `links` names, by the same names, such as `512-cover`. */
            readonly thumbnails: {
                readonly [key: string]: string | null;
            };
            /**
             * Format: date-time
             * @description The time at which the links expire.
             */
            readonly expires_at: string;
        };
        /** @description A media object with `fields`: its `id`, the fields that `fields` names, and the links that were asked for. */
        readonly PartialMediaObject: {
            /**
             * Format: uuid
             * @description The id of the media object: a UUID of version 7. Sorting by `id` sorts by time of creation.
             */
            readonly id: string;
            /** @description The name of the storage provider that holds the object. */
            readonly provider?: string;
            /** @description The object key, exactly as the storage provider spells the key. The object key of an upload is NFC. */
            readonly object_key?: string;
            /** @description The media type of the object. The first bytes of the object decide the media type. */
            readonly content_type?: string;
            /** @description The size of the object in bytes. */
            readonly file_size?: number;
            /** @description The content hash that the storage provider offers: `md5:…`, `dropbox:…` or `sha256:…`. */
            readonly content_hash?: string | null;
            /**
             * Format: date-time
             * @description The time at which the object last changed at the storage provider.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly last_modified?: string | null;
            /**
             * @description `pending`: the photo waits to be processed. `ready`: the photo was processed. `failed`: the photo could not be processed, see `error`. `unsupported`: the photo is stored and served without a thumbnail, see `error`.
             * @enum {string}
             */
            readonly state?: "pending" | "ready" | "failed" | "unsupported";
            /** @description The named fields of `error`. */
            readonly error?: {
                /** @description The reason as a code for programs, such as `corrupt` or `too_many_pixels`. */
                readonly code?: string;
                /** @description The reason in words for people. */
                readonly detail?: string;
            } | null;
            /**
             * Format: date-time
             * @description The time since which the object is missing from the storage provider; null while the storage provider holds the object.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly missing_since?: string | null;
            /** @description The named fields of `intrinsic`. */
            readonly intrinsic?: {
                /** @description The width of the upright photo in pixels. */
                readonly width?: number | null;
                /** @description The height of the upright photo in pixels. */
                readonly height?: number | null;
                /** @description The EXIF orientation of the stored photo: 1 to 8. */
                readonly orientation?: number | null;
                /** @description The time at which the photo was taken, as the file tells the time: a date-time without offset. */
                readonly taken_at?: string | null;
                /** @description The offset of the camera's clock from UTC, such as `+02:00`. */
                readonly taken_at_offset?: string | null;
                /** @description The named fields of `intrinsic.camera`. */
                readonly camera?: {
                    /** @description The maker of the camera. */
                    readonly make?: string | null;
                    /** @description The model of the camera. */
                    readonly model?: string | null;
                    /** @description The lens of the camera. */
                    readonly lens?: string | null;
                } | null;
                /** @description The named fields of `intrinsic.exposure`. */
                readonly exposure?: {
                    /** @description The exposure time in seconds. */
                    readonly time?: number | null;
                    /** @description The f-number of the aperture. */
                    readonly f_number?: number | null;
                    /** @description The ISO speed. */
                    readonly iso?: number | null;
                    /** @description The focal length in millimetres. */
                    readonly focal_length?: number | null;
                } | null;
                /** @description The named fields of `intrinsic.location`. */
                readonly location?: {
                    /** @description Degrees north of the equator. */
                    readonly latitude?: number;
                    /** @description Degrees east of Greenwich. */
                    readonly longitude?: number;
                    /** @description Metres above sea level. */
                    readonly altitude?: number | null;
                } | null;
                /** @description A ThumbHash of the whole photo in base64. A client can show the ThumbHash while the thumbnail loads. */
                readonly thumbhash?: string | null;
                /** @description The whole caption of the file if the caption is too long for `object_metadata.description`; otherwise null. */
                readonly caption?: string | null;
            };
            /** @description The named fields of `taken`. */
            readonly taken?: {
                /**
                 * @description A local date-time without offset. If only a day, a month or a year is known, `at` is its first moment. Lists are sorted and filtered by `at`.
                 * @example 1962-01-01T00:00:00.000
                 */
                readonly at?: string;
                /** @description The offset of the clock from UTC, such as `+02:00`. */
                readonly offset?: string | null;
                /**
                 * @description The precision of the known time.
                 * @enum {string}
                 */
                readonly precision?: "year" | "month" | "day" | "second";
                /**
                 * @description The source of the time. `person`: `object_metadata.taken_at`. `exif`, `xmp` and `iptc`: the metadata of the file; `xmp` also that of its sidecar. `digitized`: the file tells only the time of its digitisation.
                 * @enum {string}
                 */
                readonly source?: "person" | "exif" | "xmp" | "iptc" | "digitized";
            } | null;
            /** @description The named fields of `place`. */
            readonly place?: {
                /** @description Degrees north of the equator. */
                readonly latitude?: number;
                /** @description Degrees east of Greenwich. */
                readonly longitude?: number;
                /** @description Metres above sea level. */
                readonly altitude?: number | null;
                /**
                 * @description The source of the place. `person`: `object_metadata.location`. `exif` and `xmp`: the metadata of the file; `xmp` also that of its sidecar.
                 * @enum {string}
                 */
                readonly source?: "person" | "exif" | "xmp";
            } | null;
            readonly object_metadata?: components["schemas"]["ObjectMetadata"];
            /** @description The version of the thumbnail, for the parameter `v`; null if the media object can have no thumbnail. */
            readonly thumbnail_version?: string | null;
            /** @description The named fields of `sidecar`. */
            readonly sidecar?: {
                /** @description The object key of the sidecar. */
                readonly key?: string;
                /** @description True if the sidecar has other words than the service last read or wrote, and the media object has words of a person. `POST /v1/media/{id}/sidecar` takes the words of the sidecar. */
                readonly changed?: boolean;
            } | null;
            /** @description The named fields of `suggestions`. */
            readonly suggestions?: {
                /** @description A description; null if none is suggested. */
                readonly description?: string | null;
                /** @description Keywords, the likeliest first. */
                readonly keywords?: readonly {
                    /** @description A keyword of the archive. */
                    readonly keyword: string;
                    /** @description How likely the model thinks the keyword is: 0.5 to 1. */
                    readonly score: number;
                }[];
                /** @description The models that were asked. */
                readonly model?: string | null;
                /**
                 * Format: date-time
                 * @description The time at which the models answered.
                 * @example 2026-11-22T10:38:00.000Z
                 */
                readonly created_at?: string;
            } | null;
            /** @description The number of changes that people have made to the media object. */
            readonly revision?: number;
            /**
             * Format: date-time
             * @description The time at which the media object was created.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly created_at?: string;
            /**
             * Format: date-time
             * @description The time at which the media object last changed.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly updated_at?: string;
            /** @description Signed links to an item. Present only if `links` asks for them. */
            readonly links?: components["schemas"]["ItemLinks"] | components["schemas"]["NamedItemLinks"];
            /**
             * Format: date-time
             * @description The time at which the media object was put into the trash. Present only with `trashed=true`, whatever `fields` names.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly trashed_at?: string;
        };
        /** @description Problem details (RFC 9457), the body of every error. */
        readonly Problem: {
            /**
             * Format: uri
             * @description The address of a page of this service that explains the code and its remedy.
             */
            readonly type: string;
            /** @description The kind of the problem in words. All problems with the same code have the same title. */
            readonly title: string;
            /** @description The HTTP status of the answer. */
            readonly status: number;
            /** @description The explanation of this problem in words for people. */
            readonly detail: string;
            /**
             * @description The kind of the problem as a code for programs.
             * @enum {string}
             */
            readonly code: "malformed_json" | "invalid_api_key" | "insufficient_scope" | "not_permitted" | "cross_site" | "invalid_signature" | "resource_not_found" | "thumbnail_unavailable" | "method_not_allowed" | "object_exists" | "read_only_provider" | "merge_conflict" | "object_missing" | "length_required" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "range_not_satisfiable" | "validation_error" | "digest_mismatch" | "bulk_failed" | "rate_limited" | "internal_error" | "storage_unavailable" | "storage_rate_limited" | "database_unavailable" | "busy";
            /** @description The id of the request in the log of the service. */
            readonly request_id: string;
            /** @description The invalid parts of the request. A long list is cut after the first parts. */
            readonly errors?: readonly components["schemas"]["FieldError"][];
        };
        /** @description An invalid part of a request. */
        readonly FieldError: {
            /** @description The path of the invalid parameter, header or field in dotted form, such as `object_metadata.keywords.3`. */
            readonly path: string;
            /** @description The reason in words for people. */
            readonly message: string;
        };
        /** @description A page of search results. */
        readonly SearchResults: {
            /** @description The media objects of the page. */
            readonly items: readonly (components["schemas"]["SearchItem"] | components["schemas"]["PartialSearchItem"])[];
            /** @description The number of results; null with `cursor`. */
            readonly total: number | null;
            /** @description `true`: the service stopped counting, and there are more results than `total`. */
            readonly total_capped: boolean;
            /** @description The `limit` that the service applied. */
            readonly limit: number;
            /** @description The `offset` that the service applied; null with `cursor`. */
            readonly offset: number | null;
            /** @description The number of pages: `total` divided by `limit`, rounded up; null with `cursor`. */
            readonly pages: number | null;
            /** @description The `cursor` of the next page; null on the last page. A page may hold fewer than `limit` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than 10,000 media objects (20,000 with `offset`) for a page. Only `next_cursor` tells whether a next page exists. */
            readonly next_cursor: string | null;
            readonly facets?: components["schemas"]["Facets"];
            /** @description `true`: the search has more results than the service counted for `facets`; it counted the newest ones. Present only with `facets`. */
            readonly facets_capped?: boolean;
        };
        /** @description A media object, with the links that were asked for. */
        readonly SearchItem: {
            /**
             * Format: uuid
             * @description The id of the media object: a UUID of version 7. Sorting by `id` sorts by time of creation.
             */
            readonly id: string;
            /** @description The name of the storage provider that holds the object. */
            readonly provider: string;
            /** @description The object key, exactly as the storage provider spells the key. The object key of an upload is NFC. */
            readonly object_key: string;
            /** @description The media type of the object. The first bytes of the object decide the media type. */
            readonly content_type: string;
            /** @description The size of the object in bytes. */
            readonly file_size: number;
            /** @description The content hash that the storage provider offers: `md5:…`, `dropbox:…` or `sha256:…`. */
            readonly content_hash: string | null;
            /**
             * Format: date-time
             * @description The time at which the object last changed at the storage provider.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly last_modified: string | null;
            /**
             * @description `pending`: the photo waits to be processed. `ready`: the photo was processed. `failed`: the photo could not be processed, see `error`. `unsupported`: the photo is stored and served without a thumbnail, see `error`.
             * @enum {string}
             */
            readonly state: "pending" | "ready" | "failed" | "unsupported";
            /** @description The reason why the state is `failed` or `unsupported`. */
            readonly error: components["schemas"]["ProcessingError"] | null;
            /**
             * Format: date-time
             * @description The time since which the object is missing from the storage provider; null while the storage provider holds the object.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly missing_since: string | null;
            readonly intrinsic: components["schemas"]["Intrinsic"];
            /** @description The time at which the photo was taken. `object_metadata.taken_at` counts before the file. */
            readonly taken: components["schemas"]["Taken"] | null;
            /** @description The place where the photo was taken. `object_metadata.location` counts before the file. */
            readonly place: components["schemas"]["Place"] | null;
            readonly object_metadata: components["schemas"]["ObjectMetadata"];
            /** @description The version of the thumbnail, for the parameter `v`; null if the media object can have no thumbnail. */
            readonly thumbnail_version: string | null;
            /** @description The sidecar that lies beside the object: an XMP file with the words of the photo. Null without a sidecar. */
            readonly sidecar: components["schemas"]["Sidecar"] | null;
            /** @description Suggested words, apart from `object_metadata`; null for none. */
            readonly suggestions: components["schemas"]["Suggestions"] | null;
            /** @description The number of changes that people have made to the media object. */
            readonly revision: number;
            /**
             * Format: date-time
             * @description The time at which the media object was created.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description The time at which the media object last changed.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly updated_at: string;
            /** @description Signed links to an item. Present only if `links` asks for them. */
            readonly links?: components["schemas"]["ItemLinks"] | components["schemas"]["NamedItemLinks"];
            /** @description The texts in which the search matched, by the name of the field: `description`, `keywords` (the matching ones, with commas between), `object_key`, `camera`, or another field of `object_metadata`. `mark` stands around each match. Of a text of more than 1,024 characters `highlight` has the part around the first match. `highlight` leaves out what would be more than 131,072 characters together. */
            readonly highlight: {
                readonly [key: string]: string;
            };
            /**
             * @description Present only if no more than suggestions match. These media objects come last.
             * @enum {string}
             */
            readonly source?: "suggestion";
        };
        /** @description A media object with `fields`: its `id`, the fields that `fields` names, and the links that were asked for. */
        readonly PartialSearchItem: {
            /**
             * Format: uuid
             * @description The id of the media object: a UUID of version 7. Sorting by `id` sorts by time of creation.
             */
            readonly id: string;
            /** @description The name of the storage provider that holds the object. */
            readonly provider?: string;
            /** @description The object key, exactly as the storage provider spells the key. The object key of an upload is NFC. */
            readonly object_key?: string;
            /** @description The media type of the object. The first bytes of the object decide the media type. */
            readonly content_type?: string;
            /** @description The size of the object in bytes. */
            readonly file_size?: number;
            /** @description The content hash that the storage provider offers: `md5:…`, `dropbox:…` or `sha256:…`. */
            readonly content_hash?: string | null;
            /**
             * Format: date-time
             * @description The time at which the object last changed at the storage provider.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly last_modified?: string | null;
            /**
             * @description `pending`: the photo waits to be processed. `ready`: the photo was processed. `failed`: the photo could not be processed, see `error`. `unsupported`: the photo is stored and served without a thumbnail, see `error`.
             * @enum {string}
             */
            readonly state?: "pending" | "ready" | "failed" | "unsupported";
            /** @description The named fields of `error`. */
            readonly error?: {
                /** @description The reason as a code for programs, such as `corrupt` or `too_many_pixels`. */
                readonly code?: string;
                /** @description The reason in words for people. */
                readonly detail?: string;
            } | null;
            /**
             * Format: date-time
             * @description The time since which the object is missing from the storage provider; null while the storage provider holds the object.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly missing_since?: string | null;
            /** @description The named fields of `intrinsic`. */
            readonly intrinsic?: {
                /** @description The width of the upright photo in pixels. */
                readonly width?: number | null;
                /** @description The height of the upright photo in pixels. */
                readonly height?: number | null;
                /** @description The EXIF orientation of the stored photo: 1 to 8. */
                readonly orientation?: number | null;
                /** @description The time at which the photo was taken, as the file tells the time: a date-time without offset. */
                readonly taken_at?: string | null;
                /** @description The offset of the camera's clock from UTC, such as `+02:00`. */
                readonly taken_at_offset?: string | null;
                /** @description The named fields of `intrinsic.camera`. */
                readonly camera?: {
                    /** @description The maker of the camera. */
                    readonly make?: string | null;
                    /** @description The model of the camera. */
                    readonly model?: string | null;
                    /** @description The lens of the camera. */
                    readonly lens?: string | null;
                } | null;
                /** @description The named fields of `intrinsic.exposure`. */
                readonly exposure?: {
                    /** @description The exposure time in seconds. */
                    readonly time?: number | null;
                    /** @description The f-number of the aperture. */
                    readonly f_number?: number | null;
                    /** @description The ISO speed. */
                    readonly iso?: number | null;
                    /** @description The focal length in millimetres. */
                    readonly focal_length?: number | null;
                } | null;
                /** @description The named fields of `intrinsic.location`. */
                readonly location?: {
                    /** @description Degrees north of the equator. */
                    readonly latitude?: number;
                    /** @description Degrees east of Greenwich. */
                    readonly longitude?: number;
                    /** @description Metres above sea level. */
                    readonly altitude?: number | null;
                } | null;
                /** @description A ThumbHash of the whole photo in base64. A client can show the ThumbHash while the thumbnail loads. */
                readonly thumbhash?: string | null;
                /** @description The whole caption of the file if the caption is too long for `object_metadata.description`; otherwise null. */
                readonly caption?: string | null;
            };
            /** @description The named fields of `taken`. */
            readonly taken?: {
                /**
                 * @description A local date-time without offset. If only a day, a month or a year is known, `at` is its first moment. Lists are sorted and filtered by `at`.
                 * @example 1962-01-01T00:00:00.000
                 */
                readonly at?: string;
                /** @description The offset of the clock from UTC, such as `+02:00`. */
                readonly offset?: string | null;
                /**
                 * @description The precision of the known time.
                 * @enum {string}
                 */
                readonly precision?: "year" | "month" | "day" | "second";
                /**
                 * @description The source of the time. `person`: `object_metadata.taken_at`. `exif`, `xmp` and `iptc`: the metadata of the file; `xmp` also that of its sidecar. `digitized`: the file tells only the time of its digitisation.
                 * @enum {string}
                 */
                readonly source?: "person" | "exif" | "xmp" | "iptc" | "digitized";
            } | null;
            /** @description The named fields of `place`. */
            readonly place?: {
                /** @description Degrees north of the equator. */
                readonly latitude?: number;
                /** @description Degrees east of Greenwich. */
                readonly longitude?: number;
                /** @description Metres above sea level. */
                readonly altitude?: number | null;
                /**
                 * @description The source of the place. `person`: `object_metadata.location`. `exif` and `xmp`: the metadata of the file; `xmp` also that of its sidecar.
                 * @enum {string}
                 */
                readonly source?: "person" | "exif" | "xmp";
            } | null;
            readonly object_metadata?: components["schemas"]["ObjectMetadata"];
            /** @description The version of the thumbnail, for the parameter `v`; null if the media object can have no thumbnail. */
            readonly thumbnail_version?: string | null;
            /** @description The named fields of `sidecar`. */
            readonly sidecar?: {
                /** @description The object key of the sidecar. */
                readonly key?: string;
                /** @description True if the sidecar has other words than the service last read or wrote, and the media object has words of a person. `POST /v1/media/{id}/sidecar` takes the words of the sidecar. */
                readonly changed?: boolean;
            } | null;
            /** @description The named fields of `suggestions`. */
            readonly suggestions?: {
                /** @description A description; null if none is suggested. */
                readonly description?: string | null;
                /** @description Keywords, the likeliest first. */
                readonly keywords?: readonly {
                    /** @description A keyword of the archive. */
                    readonly keyword: string;
                    /** @description How likely the model thinks the keyword is: 0.5 to 1. */
                    readonly score: number;
                }[];
                /** @description The models that were asked. */
                readonly model?: string | null;
                /**
                 * Format: date-time
                 * @description The time at which the models answered.
                 * @example 2026-11-22T10:38:00.000Z
                 */
                readonly created_at?: string;
            } | null;
            /** @description The number of changes that people have made to the media object. */
            readonly revision?: number;
            /**
             * Format: date-time
             * @description The time at which the media object was created.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly created_at?: string;
            /**
             * Format: date-time
             * @description The time at which the media object last changed.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly updated_at?: string;
            /** @description Signed links to an item. Present only if `links` asks for them. */
            readonly links?: components["schemas"]["ItemLinks"] | components["schemas"]["NamedItemLinks"];
            /** @description The texts in which the search matched, by the name of the field: `description`, `keywords` (the matching ones, with commas between), `object_key`, `camera`, or another field of `object_metadata`. `mark` stands around each match. Of a text of more than 1,024 characters `highlight` has the part around the first match. `highlight` leaves out what would be more than 131,072 characters together. */
            readonly highlight: {
                readonly [key: string]: string;
            };
            /**
             * @description Present only if no more than suggestions match. These media objects come last.
             * @enum {string}
             */
            readonly source?: "suggestion";
        };
        /** @description Present only if `facets` asks for them. */
        readonly Facets: {
            /** @description Keywords of the results, the most frequent first. */
            readonly keywords?: readonly components["schemas"]["FacetValue"][];
            /** @description Media types of the results, the most frequent first. */
            readonly content_type?: readonly components["schemas"]["FacetValue"][];
            /** @description Cameras of the results, the most frequent first. */
            readonly camera?: readonly components["schemas"]["FacetValue"][];
            /** @description Years in which the results were taken, the most frequent first. */
            readonly year?: readonly components["schemas"]["FacetValue"][];
        };
        /** @description A value and how often it occurs among the results. */
        readonly FacetValue: {
            /** @description The value. */
            readonly value: string;
            /** @description The number of results that have the value. */
            readonly count: number;
        };
        /** @description A photo: the file in the storage, and everything that the service knows about the photo. */
        readonly MediaObject: {
            /**
             * Format: uuid
             * @description The id of the media object: a UUID of version 7. Sorting by `id` sorts by time of creation.
             */
            readonly id: string;
            /** @description The name of the storage provider that holds the object. */
            readonly provider: string;
            /** @description The object key, exactly as the storage provider spells the key. The object key of an upload is NFC. */
            readonly object_key: string;
            /** @description The media type of the object. The first bytes of the object decide the media type. */
            readonly content_type: string;
            /** @description The size of the object in bytes. */
            readonly file_size: number;
            /** @description The content hash that the storage provider offers: `md5:…`, `dropbox:…` or `sha256:…`. */
            readonly content_hash: string | null;
            /**
             * Format: date-time
             * @description The time at which the object last changed at the storage provider.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly last_modified: string | null;
            /**
             * @description `pending`: the photo waits to be processed. `ready`: the photo was processed. `failed`: the photo could not be processed, see `error`. `unsupported`: the photo is stored and served without a thumbnail, see `error`.
             * @enum {string}
             */
            readonly state: "pending" | "ready" | "failed" | "unsupported";
            /** @description The reason why the state is `failed` or `unsupported`. */
            readonly error: components["schemas"]["ProcessingError"] | null;
            /**
             * Format: date-time
             * @description The time since which the object is missing from the storage provider; null while the storage provider holds the object.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly missing_since: string | null;
            readonly intrinsic: components["schemas"]["Intrinsic"];
            /** @description The time at which the photo was taken. `object_metadata.taken_at` counts before the file. */
            readonly taken: components["schemas"]["Taken"] | null;
            /** @description The place where the photo was taken. `object_metadata.location` counts before the file. */
            readonly place: components["schemas"]["Place"] | null;
            readonly object_metadata: components["schemas"]["ObjectMetadata"];
            /** @description The version of the thumbnail, for the parameter `v`; null if the media object can have no thumbnail. */
            readonly thumbnail_version: string | null;
            /** @description The sidecar that lies beside the object: an XMP file with the words of the photo. Null without a sidecar. */
            readonly sidecar: components["schemas"]["Sidecar"] | null;
            /** @description Suggested words, apart from `object_metadata`; null for none. */
            readonly suggestions: components["schemas"]["Suggestions"] | null;
            /** @description The number of changes that people have made to the media object. */
            readonly revision: number;
            /**
             * Format: date-time
             * @description The time at which the media object was created.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description The time at which the media object last changed.
             * @example 2026-11-22T10:38:00.000Z
             */
            readonly updated_at: string;
        };
        /** @description A photo, its object key and its `object_metadata`. */
        readonly UploadForm: {
            /** @description The photo. Its media type may be left out. */
            readonly file: unknown;
            /**
             * @description The object key. A key has 1 to 1,024 bytes of UTF-8 and is stored in the form NFC. A key does not begin with a slash, and has no segment that is empty, `.` or `..`. The service refuses characters that can deceive a reader: control characters (C1 too), line and paragraph separators, direction controls, and invisible characters such as U+200B or U+FEFF. The service keeps joiners (U+200C, U+200D), variation selectors and the tag characters of flags.
             * @example 2024/beach/IMG_0042.jpg
             */
            readonly object_key: string;
            /**
             * @description A JSON object that follows the rules of `ObjectMetadata`. If a media object with this key already has a non-empty `object_metadata`, the service keeps the existing `object_metadata` instead.
             * @example {"description": "The beach at noon", "keywords": ["beach", "family"]}
             */
            readonly object_metadata?: string;
        };
        /** @description A change of a media object. */
        readonly MediaPatch: {
            readonly object_metadata: components["schemas"]["ObjectMetadataPatch"];
        };
        /** @description A JSON Merge Patch (RFC 7396) for `object_metadata`: `null` removes a field. `object_metadata` has at most 65536 bytes as JSON and at most 8 levels. Any other `lower_snake_case` name of at most 64 characters is a custom field and holds any JSON value. The service checks only the fields that the patch names. The service refuses integers beyond 2^53 - 1, because JSON parsers would change them. The service refuses the same characters in `keywords` as in an `object_key`. A keyword that has only joiners and blanks counts as empty. Texts are stored in the form NFC. */
        readonly ObjectMetadataPatch: {
            /** @description A description of the photo: at most 1024 characters (Unicode code points). */
            readonly description?: string | null;
            /** @description At most 256 keywords. The service trims each keyword. If two keywords differ only in case, the service keeps the first. */
            readonly keywords?: readonly string[] | null;
            /** @description A short name for the photo. At most 1024 characters (Unicode code points). */
            readonly title?: string | null;
            /** @description The person who took the photo. At most 1024 characters (Unicode code points). */
            readonly creator?: string | null;
            /** @description The person or agency to name with the photo. At most 1024 characters (Unicode code points). */
            readonly credit?: string | null;
            /** @description The copyright notice of the photo. At most 1024 characters (Unicode code points). */
            readonly copyright?: string | null;
            /** @description The terms of use of the photo. At most 1024 characters (Unicode code points). */
            readonly usage_terms?: string | null;
            /** @description The city that the photo shows. At most 1024 characters (Unicode code points). */
            readonly city?: string | null;
            /** @description The state or province that the photo shows. At most 1024 characters (Unicode code points). */
            readonly state?: string | null;
            /** @description The country that the photo shows. At most 1024 characters (Unicode code points). */
            readonly country?: string | null;
            /** @description The number of stars: a whole number from 0 to 5. */
            readonly rating?: number | null;
            /** @description The time at which the photo was taken, as precisely as it is known: a year, a month, a day, or a local date-time without offset (`1962`, `1962-07`, `1962-07-14`, `1962-07-14T16:03`, `…:11`, `…:11.250`), from 1826 to 2099. `object_metadata.taken_at` counts before the time in the file. */
            readonly taken_at?: string | null;
            /** @description The place where the photo was taken, in degrees north and east. `object_metadata.location` counts before the place in the file. After the change `location` has exactly `latitude` and `longitude`. */
            readonly location?: ({
                /** @description Degrees north of the equator. */
                readonly latitude?: number;
                /** @description Degrees east of Greenwich. */
                readonly longitude?: number;
            } & {
                readonly [key: string]: null;
            }) | null;
        } & {
            readonly [key: string]: unknown;
        };
        /** @description What to take of the suggestions. */
        readonly SuggestionsAcceptance: {
            /**
             * @description `true`: takes the description in place of the present one.
             * @default false
             */
            readonly description?: boolean;
            /**
             * @description The keywords to take.
             * @default []
             */
            readonly keywords?: readonly string[];
        };
        /** @description The media objects before and behind a media object in a list or in a search. */
        readonly Neighbours: {
            /**
             * Format: uuid
             * @description The id of the previous media object; null if there is none.
             */
            readonly previous: string | null;
            /**
             * Format: uuid
             * @description The id of the next media object; null if there is none.
             */
            readonly next: string | null;
            /** @description `true`: few media objects match the filters, and the service stopped looking; a null may hide a neighbour that is further away. */
            readonly capped: boolean;
        };
        /** @description A page of similar media objects. */
        readonly SimilarMediaList: {
            /** @description First the media objects with equal bytes, then the others, the nearest first. */
            readonly items: readonly components["schemas"]["SimilarMedia"][];
            /** @description The `cursor` of the next page; null on the last page. A page may hold fewer items than `limit`, or none. */
            readonly next_cursor: string | null;
        };
        /** @description A media object that is like another. */
        readonly SimilarMedia: {
            readonly media: components["schemas"]["MediaObject"];
            /** @description The number of bits, of 256, in which the hashes of the two pictures differ, turned and mirrored as they are nearest; 0 for equal bytes. */
            readonly distance: number;
            /**
             * @description `equal`: the same bytes. `same`: the same picture, resized, saved again, turned or mirrored. `alike`: a picture much like it, such as the next of a burst, or one that the service cannot compare closely because it has no preview.
             * @enum {string}
             */
            readonly relation: "equal" | "same" | "alike";
        };
        /** @description A page of revisions. */
        readonly RevisionList: {
            /** @description The revisions of the page. */
            readonly items: readonly components["schemas"]["Revision"][];
            /** @description The `cursor` of the next page; null on the last page. */
            readonly next_cursor: string | null;
        };
        /** @description A change of a media object by a person. `object_metadata` is as it was from then on. */
        readonly Revision: {
            /** @description The `revision` of the media object. */
            readonly revision: number;
            /**
             * Format: date-time
             * @description The time of the change. For revision 0 the time at which the media object was created. Null if the change is older than the history that the service keeps.
             */
            readonly changed_at: string | null;
            /** @description The name of the key, or the e-mail address of the person, that made the change. Null for the oldest revision, and if the service does not know who made the change. */
            readonly changed_by: string | null;
            /**
             * Format: uuid
             * @description The operation that made the change, such as a bulk change; null for a change of a single media object.
             */
            readonly operation_id: string | null;
            readonly object_metadata: components["schemas"]["ObjectMetadata"];
        };
        /** @description The revision to go back to. */
        readonly MediaRevert: {
            /** @description The revision whose `object_metadata` comes back: one of the history. */
            readonly revision: number;
        };
        /** @description What a change of many media objects did. */
        readonly BulkAnswer: {
            /**
             * Format: uuid
             * @description The id of the operation that all changes belong to: all calls along `next_cursor` have the same. Null with `dry_run`.
             */
            readonly operation_id: string | null;
            /** @description Whether nothing was changed because of `dry_run`. */
            readonly dry_run: boolean;
            /** @description The number of media objects that this call came by. */
            readonly matched: number;
            /** @description The number of media objects that this call changed, or would change. */
            readonly updated: number;
            /** @description What became of each media object, in the order of `ids`. By filter the first 500 of the call. */
            readonly results: readonly components["schemas"]["BulkResult"][];
            /** @description The `cursor` of the next call; null if all media objects are done. */
            readonly next_cursor: string | null;
        };
        /** @description What became of a media object. */
        readonly BulkResult: {
            /** @description The id, as the request has it in lower case. */
            readonly id: string;
            /**
             * @description `updated`: the media object was changed. `unchanged`: it was so already. `not_found`: no media object has the id. `invalid`: the change would break a rule; `detail` says which.
             * @enum {string}
             */
            readonly status: "updated" | "unchanged" | "not_found" | "invalid";
            /** @description The revision of the media object after the request, with `dry_run` its current one; null if it is not known. */
            readonly revision: number | null;
            /** @description The reason in words for people, if the media object was not changed for one. */
            readonly detail: string | null;
        };
        /** @description A change of many media objects: which ones, and what is done to each of them. */
        readonly BulkChange: {
            /** @description The ids of the media objects; ids that are given twice count once. Either `ids` or `filter`. */
            readonly ids?: readonly string[];
            readonly filter?: components["schemas"]["SelectionFilter"];
            /** @description `true`: an empty `filter`, or one that leaves out no more than missing media objects, is no mistake. */
            readonly all?: boolean;
            /**
             * @description `true`: the answer says what would happen, and nothing does.
             * @default false
             */
            readonly dry_run?: boolean;
            /**
             * @description `true`: all media objects are changed, or none. At most 500 media objects.
             * @default false
             */
            readonly atomic?: boolean;
            readonly object_metadata?: components["schemas"]["ObjectMetadataPatch"];
            /**
             * @description Keywords to remove. Case and accents are ignored, as by the filter `keyword`.
             * @default []
             */
            readonly remove_keywords?: readonly string[];
            /**
             * @description Keywords to add behind the others. A keyword that is there already, in upper or lower case, is not added.
             * @default []
             */
            readonly add_keywords?: readonly string[];
            /**
             * @description `accept`: takes all suggestions, a description only where there is none. `refuse`: refuses them.
             * @enum {string}
             */
            readonly suggestions?: "accept" | "refuse";
            /** @description The `next_cursor` of the call before; only with `filter`. Repeat all other fields unchanged. */
            readonly cursor?: string;
        };
        /** @description The filters of the list (`GET /v1/media`), with the same names and values, and `q`, the words of a search. All of them must match. */
        readonly SelectionFilter: {
            /** @description The words to search for. All words must match; case and accents do not count. `"white beach"` is a phrase, `-beach` leaves out what matches, `bea*` matches words that begin so. `keyword:beach` and `keyword:"new york"` match a whole keyword, `camera:nikon` the camera, `folder:2024/beach` whatever lies in the folder (upper and lower case differ here), `taken:2024-07-14`, `taken:2024-07..2024-08` and `taken:2024..` the time, `has:location` (also `description`, `keywords`, `taken_at`) what is known. Every text is a query: anything else is plain text. The last word also matches as a beginning, unless `-` stands before it, or a space, a quotation mark or punctuation behind it. Chinese, Japanese and Thai texts are found by any part of two characters or more. */
            readonly q?: string;
            /** @description Only media objects of the storage provider with this name, such as `r2`. */
            readonly provider?: string;
            /** @description Only media objects whose object key begins with this prefix, such as `2024/beach/`. The prefix is compared byte by byte. Upper and lower case differ, and so do Unicode forms: `é` as one character and `e` with a combining accent are different prefixes. */
            readonly prefix?: string;
            /** @description Only media objects with this keyword, or with all these keywords. Case and accents are ignored. */
            readonly keyword?: string | readonly string[];
            /** @description Only media objects with this media type, such as `image/jpeg`. `image/*` matches any image. */
            readonly content_type?: string;
            /**
             * @description Only media objects in this state.
             * @enum {string}
             */
            readonly state?: "pending" | "ready" | "failed" | "unsupported";
            /**
             * @description `false`: only media objects whose object is in the storage. `true`: only missing media objects. `any`: both. The default is `any` with `id`, and `false` otherwise.
             * @enum {string}
             */
            readonly missing?: "false" | "true" | "any";
            /** @description Only photos taken at this time or later. The service compares the best known time (`taken.at`, a local time) with a date or a date-time without offset, such as `2024-07-14` or `2024-07-14T16:03:11`. */
            readonly taken_after?: string;
            /** @description Only photos taken before this time, in the same form as `taken_after`. */
            readonly taken_before?: string;
            /**
             * Format: date-time
             * @description Only media objects that changed at this time or later: a date-time with offset, such as `2026-11-22T10:38:00Z`.
             */
            readonly updated_after?: string;
            /** @description Only the media objects with this id, or with one of these ids. */
            readonly id?: string | readonly string[];
            /** @description Only media objects with exactly this object key. Several storage providers may have the same object key. */
            readonly object_key?: string;
            /** @description Only media objects of which this is known, or all of these. */
            readonly has?: ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions") | readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
            /** @description Only media objects of which this is not known, or none of these. */
            readonly without?: ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions") | readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
            /** @description Only media objects whose place (`place`) lies in this box: SOUTH,WEST,NORTH,EAST in degrees, such as `47.2,5.9,55.1,15.1`. The edges belong to the box. If WEST is greater than EAST, the box goes over the 180th meridian. */
            readonly within?: string;
        };
        /** @description The keywords of the selected media objects. */
        readonly SelectedKeywords: {
            /** @description The number of selected media objects. */
            readonly total: number;
            /** @description The keywords, the most frequent first: at most 1000. A keyword whose `count` is `total` is on all media objects. */
            readonly items: readonly components["schemas"]["SelectedKeyword"][];
            /** @description `true`: the service stopped after 10,000 media objects, so that `total` and every `count` may be too low; or there are more keywords. */
            readonly capped: boolean;
        };
        /** @description A keyword of some of the selected media objects, or of all. */
        readonly SelectedKeyword: {
            /** @description The keyword, in the spelling that was used last. */
            readonly keyword: string;
            /** @description The number of selected media objects with the keyword. */
            readonly count: number;
        };
        /** @description Which media objects are meant: by `ids`, or by `filter`. */
        readonly Selection: {
            /** @description The ids of the media objects; ids that are given twice count once. Either `ids` or `filter`. */
            readonly ids?: readonly string[];
            readonly filter?: components["schemas"]["SelectionFilter"];
            /** @description `true`: an empty `filter`, or one that leaves out no more than missing media objects, is no mistake. */
            readonly all?: boolean;
        };
        /** @description Signed links to a media object. */
        readonly Links: {
            /**
             * Format: uri
             * @description The link to the original bytes.
             */
            readonly data_url: string;
            /**
             * Format: uri
             * @description The link to the thumbnail; null if the media object can have no thumbnail.
             */
            readonly thumbnail_url: string | null;
            /**
             * Format: date-time
             * @description The time at which the links expire.
             */
            readonly expires_at: string;
        };
        /** @description The lifetime of the links, and the thumbnail that the thumbnail link shows. */
        readonly LinksRequest: {
            /**
             * @description The lifetime of the links in seconds. The service rounds the end of the lifetime up to the full hour.
             * @default 86400
             */
            readonly expires_in?: number;
            /**
             * @description The size and fit of the thumbnail that the link is for.
             * @default {}
             */
            readonly thumbnail?: {
                /**
                 * @description The length of a side of the thumbnail in pixels. See `fit`. 2048 goes with the fit `contain` only.
                 * @enum {integer}
                 */
                readonly size?: 128 | 256 | 512 | 1024 | 2048;
                /**
                 * @description `cover`: a square cut from the middle of the photo. `contain`: the whole photo.
                 * @default cover
                 * @enum {string}
                 */
                readonly fit?: "cover" | "contain";
            };
        };
        /** @description The whole collection in numbers. `by_state` and `without` count what `total` counts: no missing media objects. */
        readonly Overview: {
            /** @description The number of media objects, without missing ones and without those in the trash. */
            readonly total: number;
            /** @description The number of missing media objects: their object is gone from the storage. */
            readonly missing: number;
            /** @description The number of media objects in the trash. No other number of the overview counts them. */
            readonly trashed: number;
            readonly by_state: components["schemas"]["OverviewStates"];
            readonly without: components["schemas"]["OverviewWithout"];
            /** @description The number of media objects with suggestions that nobody has accepted or refused, without missing ones. */
            readonly suggestions: number;
            /** @description The configured storage providers in the order of the configuration, then other storage providers that have media objects, the largest first; 100 at the most. */
            readonly providers: readonly components["schemas"]["OverviewProvider"][];
            /** @description The last run that ended; null if no run has ended, and if the coordinator does not answer. */
            readonly last_run: components["schemas"]["Run"] | null;
            readonly checks: components["schemas"]["OverviewChecks"];
        };
        /** @description The number of media objects in each state. */
        readonly OverviewStates: {
            /** @description The number of media objects that wait for processing. */
            readonly pending: number;
            /** @description The number of media objects that were processed. */
            readonly ready: number;
            /** @description The number of media objects that could not be processed. */
            readonly failed: number;
            /** @description The number of media objects that are stored and served without a thumbnail. */
            readonly unsupported: number;
        };
        /** @description The number of media objects that lack something. */
        readonly OverviewWithout: {
            /** @description The number of media objects without a description. */
            readonly description: number;
            /** @description The number of media objects without keywords. */
            readonly keywords: number;
            /** @description The number of media objects without a description and without keywords. */
            readonly words: number;
            /** @description The number of media objects without a known place (`place` is null). */
            readonly location: number;
            /** @description The number of media objects without a known time (`taken` is null). */
            readonly taken_at: number;
        };
        /** @description A storage provider and the number of its media objects. */
        readonly OverviewProvider: {
            /** @description The name of the storage provider. */
            readonly name: string;
            /** @description The kind of storage, such as `r2` or `dropbox`; null if the storage provider is not configured, or its configuration has a problem. */
            readonly type: string | null;
            /** @description Whether the storage provider takes uploads; null if `type` is null. */
            readonly writable: boolean | null;
            /** @description The number of media objects of the storage provider, without missing ones. */
            readonly total: number;
            /** @description The number of missing media objects of the storage provider. */
            readonly missing: number;
        };
        /** @description An ingest, or a scan of the database. */
        readonly Run: {
            /**
             * Format: uuid
             * @description The id of the run.
             */
            readonly id: string;
            /**
             * @description The kind of the run. `ingest`: the run lists the storage. `database_scan`: the run looks at the media objects in the database.
             * @enum {string}
             */
            readonly kind: "ingest" | "database_scan";
            /**
             * @description The cause that started the run.
             * @enum {string}
             */
            readonly trigger: "api" | "cron" | "webhook" | "event";
            /**
             * @description The state of the run. `scanning` and `processing`: the run is still on.
             * @enum {string}
             */
            readonly state: "scanning" | "processing" | "completed" | "completed_with_errors" | "needs_confirmation" | "failed" | "cancelled";
            /** @description The storage providers of the run, by their names. */
            readonly providers: {
                readonly [key: string]: components["schemas"]["RunProvider"];
            };
            readonly counts: components["schemas"]["RunCounts"];
            readonly cost: components["schemas"]["RunCost"];
            /**
             * Format: date-time
             * @description The time at which the run started.
             */
            readonly started_at: string;
            /**
             * Format: date-time
             * @description The time at which the run ended; null while the run is on.
             */
            readonly finished_at: string | null;
            /**
             * Format: date-time
             * @description The time of the last progress of the run.
             */
            readonly updated_at: string;
            /** @description The trace of the run, for the log (W3C Trace Context). */
            readonly trace_id: string;
        };
        /** @description A storage provider of a run. */
        readonly RunProvider: {
            /**
             * @description The state of the listing of this storage provider. `needs_confirmation`: very many objects have vanished, and the run has declared no media object missing.
             * @enum {string}
             */
            readonly state: "scanning" | "completed" | "needs_confirmation" | "failed";
            /** @description Objects of this storage provider that were listed. */
            readonly scanned: number;
            /** @description The reason why the listing of this storage provider failed; null if the listing did not fail. */
            readonly error: string | null;
        };
        /** @description The counts of a run. After the run has ended, `queued` = `processed` + `failed` + `dropped`. */
        readonly RunCounts: {
            /** @description Objects that an ingest has listed, or media objects that a scan has looked at. */
            readonly scanned: number;
            /** @description Objects that had no media object before. */
            readonly new: number;
            /** @description Objects with other bytes than before. */
            readonly changed: number;
            /** @description Objects that were found again under another key. */
            readonly moved: number;
            /** @description Objects that have not changed. */
            readonly unchanged: number;
            /** @description Media objects whose object is missing. */
            readonly missing: number;
            /** @description Objects that are not images. */
            readonly ignored: number;
            /** @description Moves that several objects could explain. The run did not guess and moved no media object. */
            readonly ambiguous: number;
            /** @description Media objects that were queued for processing. */
            readonly queued: number;
            /** @description Queued media objects that were processed. */
            readonly processed: number;
            /** @description Queued media objects that could not be processed. */
            readonly failed: number;
            /** @description Queued media objects that were dropped when the run was cancelled. */
            readonly dropped: number;
        };
        /** @description The cost of a run. */
        readonly RunCost: {
            /** @description Calls to storage providers. */
            readonly provider_calls: number;
            /** @description Rows that the database read. */
            readonly rows_read: number;
            /** @description Rows that the database wrote. */
            readonly rows_written: number;
            /** @description Messages that went through the queue. */
            readonly messages: number;
            /** @description Bytes that were read from the storage. */
            readonly bytes_read: number;
        };
        /** @description Whether `last_run` is known. */
        readonly OverviewChecks: {
            /**
             * @description `failed`: the coordinator of ingests does not answer, and `last_run` is not known.
             * @enum {string}
             */
            readonly coordinator: "ok" | "failed";
        };
        /** @description The number of media objects in each period. The sum of all counts and `undated` is the length of the list with the same filters. */
        readonly Timeline: {
            /** @description The periods that have media objects, the newest first. A period without any is left out. */
            readonly items: readonly components["schemas"]["TimelinePeriod"][];
            /** @description The number of media objects without a time. 0 with `of=created_at`. */
            readonly undated: number;
            /** @description `true`: the service stopped counting, and each count may be lower than the number of media objects. Only with filters. */
            readonly capped: boolean;
        };
        /** @description A period with media objects. */
        readonly TimelinePeriod: {
            /** @description The period: `2024` with `by=year`, `2024-07` with `by=month`, `2024-07-14` with `by=day`. */
            readonly period: string;
            /** @description The number of media objects in the period. */
            readonly count: number;
            /** @description The number of media objects in the period whose time is known only to the year (`taken.precision`). The first month and the first day of the year count them. 0 with `of=created_at`. */
            readonly imprecise: number;
        };
        /** @description A page of keywords. */
        readonly KeywordList: {
            /** @description The keywords of the page. */
            readonly items: readonly components["schemas"]["KeywordCount"][];
            /** @description The `cursor` of the next page; null on the last page. */
            readonly next_cursor: string | null;
        };
        /** @description A keyword, and how many media objects have the keyword. */
        readonly KeywordCount: {
            /** @description The keyword, in the spelling that was used last. */
            readonly keyword: string;
            /** @description The number of media objects with the keyword, missing media objects included. */
            readonly count: number;
        };
        /** @description A page of cameras. */
        readonly CameraList: {
            /** @description The cameras of the page. */
            readonly items: readonly components["schemas"]["CameraCount"][];
            /** @description The `cursor` of the next page; null on the last page. */
            readonly next_cursor: string | null;
        };
        /** @description A camera, and the number of its media objects. */
        readonly CameraCount: {
            /** @description The maker and the model of the camera, in the spelling that the photos used last. */
            readonly camera: string;
            /** @description The number of media objects of the camera, missing media objects included. */
            readonly count: number;
        };
        /** @description What a folder holds: folders and media objects. */
        readonly FolderListing: {
            /** @description The path of the folder, with a slash at the end; empty for the root. A slash at the front is left out, unless the storage has object keys that begin with a slash. */
            readonly path: string;
            /** @description The folders directly below the path that have media objects, at most 100. They are in natural order: `img2` is before `img10`, and case and accents count last. In a folder with more than 9,000 folders, each 9,000 are in natural order, and these groups follow each other in the order of bytes. */
            readonly folders: readonly components["schemas"]["Folder"][];
            /** @description The `folders_cursor` of the next page of folders; null on the last page. A page may hold fewer folders, or none, because folders without media objects are left out. */
            readonly folders_cursor: string | null;
            readonly media: components["schemas"]["FolderMedia"];
        };
        /** @description A folder directly below another folder. */
        readonly Folder: {
            /** @description The name of the folder, without a slash. */
            readonly name: string;
            /** @description The whole path of the folder, with a slash at the end: the parameter `path` takes it. */
            readonly path: string;
            /** @description The number of media objects anywhere in the folder, without missing media objects. The service stops counting at 1,000. */
            readonly count: number;
            /** @description `true`: the service stopped counting, and the folder may have more media objects than `count`. With `provider` the media objects of other providers are looked at too, so `count` may be any number up to 1,000 then, even 0. */
            readonly capped: boolean;
        };
        /** @description A page of the media objects directly in a folder. */
        readonly FolderMedia: {
            /** @description The media objects directly in the folder, without missing media objects, in the order of their object keys. */
            readonly items: readonly components["schemas"]["MediaObject"][];
            /** @description The `cursor` of the next page of media objects; null on the last page. A page may hold fewer than `limit` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than 3,300 files and folders for a page. Only `next_cursor` tells whether a next page exists. */
            readonly next_cursor: string | null;
        };
        /** @description A page of operations. */
        readonly OperationList: {
            /** @description The operations of the page. */
            readonly items: readonly components["schemas"]["Operation"][];
            /** @description The `cursor` of the next page; null on the last page. */
            readonly next_cursor: string | null;
        };
        /** @description A change of several media objects that can be taken back. */
        readonly Operation: {
            /**
             * Format: uuid
             * @description The id of the operation.
             */
            readonly operation_id: string;
            /**
             * @description `bulk`: a change of many media objects. `unite`: the words of several media objects were united. `relink`: a missing media object took the object of another one. `import`: words were imported. `revert`: another operation was taken back.
             * @enum {string}
             */
            readonly kind: "bulk" | "unite" | "relink" | "import" | "revert";
            /** @description The name of the key, or the e-mail address of the person, that started the operation; null if the service does not know who it was. */
            readonly changed_by: string | null;
            /**
             * Format: date-time
             * @description The time at which the operation started.
             */
            readonly changed_at: string;
            /** @description The number of media objects that the operation changed. */
            readonly updated: number;
            /**
             * Format: uuid
             * @description The operation that took this operation back; null if none did, or if that operation was taken back itself.
             */
            readonly reverted_by: string | null;
        };
        /** @description The outcome of a call that takes an operation back. */
        readonly OperationReverted: {
            /**
             * Format: uuid
             * @description The id of the revert, which is an operation itself. A revert that changed no media object is not in the list of operations.
             */
            readonly operation_id: string;
            /** @description The number of media objects that this call gave the words that they had before. */
            readonly reverted: number;
            /** @description The ids of the first 500 media objects that this call left alone: somebody has changed their words since, or the media object was deleted. A relink is also left alone while a later relink of the same media object stands: revert the later one first. */
            readonly skipped: readonly string[];
            /** @description The `cursor` of the next call; null if no media object is left. */
            readonly next_cursor: string | null;
        };
        /** @description Where to go on. */
        readonly OperationRevert: {
            /** @description The `next_cursor` of the call before. Without `cursor` a new revert begins. */
            readonly cursor?: string;
        };
        /** @description A page of groups of copies. */
        readonly CopyGroupList: {
            /** @description The groups of the page, in an order that does not change with the media objects. */
            readonly items: readonly components["schemas"]["CopyGroup"][];
            /** @description The `cursor` of the next page; null on the last page. A page may hold fewer groups than `limit`, or none: an answer never exceeds 4 MiB, and the service looks at no more than 10,000 media objects for a page. */
            readonly next_cursor: string | null;
        };
        /** @description Media objects that are copies of each other. */
        readonly CopyGroup: {
            /**
             * @description `equal`: media objects with the same bytes. `same`: media objects that show the same picture as the oldest of the group.
             * @enum {string}
             */
            readonly kind: "equal" | "same";
            /** @description The `content_hash` of each media object; null for the kind `same`. */
            readonly content_hash: string | null;
            /** @description The size of each object in bytes; null for the kind `same`. */
            readonly file_size: number | null;
            /** @description The number of media objects of the group. The service counts a group to 1,000, and fewer at the end of a page that looked at very many. */
            readonly count: number;
            /** @description `true`: the service stopped counting, and the group may have more media objects than `count`. */
            readonly capped: boolean;
            /** @description The first media objects of the group, the oldest first: at most 50, and fewer if the answer has no room for more. */
            readonly media: readonly components["schemas"]["MediaObject"][];
        };
        /** @description The outcome of a union. */
        readonly United: {
            /**
             * Format: uuid
             * @description The id of the operation; null if nothing was changed.
             */
            readonly operation_id: string | null;
            /** @description `true`: nothing was changed. */
            readonly dry_run: boolean;
            /** @description The number of media objects that got words. */
            readonly updated: number;
            /** @description The number of media objects that lacked nothing. */
            readonly unchanged: number;
            /** @description The fields that the media objects have different values of. */
            readonly conflicts: readonly components["schemas"]["WordsConflict"][];
        };
        /** @description A field with different values, which the service did not change. */
        readonly WordsConflict: {
            /** @description The name of a field of `object_metadata`. */
            readonly field: string;
            /** @description The values that the media objects have, each once. Every media object keeps its own value. */
            readonly values: readonly unknown[];
        };
        /** @description Media objects whose words are to be united. */
        readonly Union: {
            /** @description The ids of the media objects, each once. */
            readonly ids: readonly string[];
            /**
             * @description `true`: nothing is changed; the answer tells what would be.
             * @default false
             */
            readonly dry_run?: boolean;
        };
        /** @description The outcome of a relink. */
        readonly Relinked: {
            /**
             * Format: uuid
             * @description The id of the operation.
             */
            readonly operation_id: string;
            readonly media: components["schemas"]["MediaObject"];
            /** @description The fields that the media objects have different values of. */
            readonly conflicts: readonly components["schemas"]["WordsConflict"][];
        };
        /** @description Where the photo of a missing media object is now. */
        readonly Relink: {
            /**
             * Format: uuid
             * @description The id of the media object whose object the missing media object takes.
             */
            readonly to: string;
        };
        /** @description The result of an import. */
        readonly ImportReport: {
            /**
             * Format: uuid
             * @description The id of the operation, for `POST /v1/operations/{id}/revert`; null if the import has changed nothing.
             */
            readonly operation_id: string | null;
            /** @description Whether the service has only looked. */
            readonly dry_run: boolean;
            /** @description The number of lines with words. Empty lines, closing lines and older revisions do not count. */
            readonly lines: number;
            /** @description The number of lines that belong to a media object. */
            readonly matched: {
                /** @description The number of lines whose `id` a media object has. */
                readonly by_id: number;
                /** @description The number of other lines that belong to the media object with their `provider` and `object_key`. */
                readonly by_key: number;
                /** @description The number of other lines that belong to the only media object with their `content_hash` and `file_size`. */
                readonly by_hash: number;
            };
            /** @description The number of media objects that were changed. */
            readonly updated: number;
            /** @description The number of lines that changed nothing, because the media object has these words, or a later line counts. */
            readonly unchanged: number;
            /** @description The number of lines that belong to no media object, or to several. */
            readonly unmatched: number;
            /** @description The number of lines that cannot be restored. */
            readonly invalid: number;
            /** @description The invalid lines; and if less than 500 lines are invalid, unmatched lines too. At most 500 lines. */
            readonly errors: readonly {
                /** @description The number of the line, counted from 1. */
                readonly line: number;
                /** @description The reason in words for people. */
                readonly message: string;
            }[];
            /** @description The line at which the import has reached the limit of one request, for `from_line`; null if the import is complete. */
            readonly next_line: number | null;
        };
        /** @description The answer to a message: a `result` or an `error`. */
        readonly AgentAnswer: {
            /**
             * @description The version of JSON-RPC.
             * @enum {string}
             */
            readonly jsonrpc: "2.0";
            /** @description The `id` of the request; null if the message has none. */
            readonly id?: string | number | null;
            /** @description The result of the method. Of `tools/call` it has `content`, `structuredContent` by the output schema of the tool, and `isError`, which is true if the tool could not do what was asked. */
            readonly result?: {
                readonly [key: string]: unknown;
            };
            readonly error?: components["schemas"]["AgentError"];
        };
        /** @description The reason why the service does not answer a message. */
        readonly AgentError: {
            /** @description The code of JSON-RPC or of the protocol. */
            readonly code: number;
            /** @description The reason in words. */
            readonly message: string;
            /** @description What the protocol adds, such as the revisions that the service supports. */
            readonly data?: unknown;
        };
        /** @description One message of JSON-RPC 2.0, as the Model Context Protocol has it. */
        readonly AgentMessage: {
            /**
             * @description The version of JSON-RPC.
             * @enum {string}
             */
            readonly jsonrpc: "2.0";
            /** @description The id of the request, which the answer repeats. A notification has no `id` and gets no answer. */
            readonly id?: string | number;
            /** @description The method, such as `initialize`, `tools/list` or `tools/call`. */
            readonly method?: string;
            /** @description The parameters of the method. For `tools/call` these are the `name` of the tool and its `arguments`; `tools/list` has the schemas. */
            readonly params?: {
                readonly [key: string]: unknown;
            };
            /** @description Only in an answer of the client. */
            readonly result?: {
                readonly [key: string]: unknown;
            };
            /** @description Only in an answer of the client. */
            readonly error?: {
                readonly [key: string]: unknown;
            };
        };
        /** @description The run that is on now. */
        readonly RunStarted: {
            /**
             * @description `started`: this request started the run. `already_running`: the run was on before.
             * @enum {string}
             */
            readonly status: "started" | "already_running";
            readonly run: components["schemas"]["Run"];
        };
        /** @description The part of the storage that an ingest lists. An empty object means all storage providers and all keys. */
        readonly IngestRequest: {
            /** @description The names of the storage providers to list. Without `providers` the run lists all storage providers. */
            readonly providers?: readonly string[];
            /** @description The run lists only objects whose key begins with `prefix`. Keys are compared byte by byte. A storage provider that tells its changes, such as Dropbox, is listed whole. */
            readonly prefix?: string;
            /**
             * @description `true`: the run lists all objects. `false`: where a storage provider tells its changes, the run lists only the changes since the last run.
             * @default false
             */
            readonly full?: boolean;
            /**
             * @description `true`: the run declares every vanished object missing, however many objects have vanished. Send `true` after a run that ended with `needs_confirmation`.
             * @default false
             */
            readonly confirm_missing?: boolean;
        };
        /** @description The media objects that a scan processes again, besides the media objects that are `pending`. */
        readonly ScanRequest: {
            /**
             * @description `true`: the run also processes media objects again whose state is `failed`.
             * @default false
             */
            readonly retry_failed?: boolean;
            /**
             * @description `true`: the run also processes media objects again whose thumbnail is not stored.
             * @default false
             */
            readonly thumbnails?: boolean;
            /**
             * @description `true`: the run also reads files again whose facts (`intrinsic`) an older version of the service has read. A newer version may read more facts. `object_metadata`, `revision` and thumbnails stay as they are.
             * @default false
             */
            readonly facts?: boolean;
            /**
             * @description `true`: the service also suggests words for media objects that lack words.
             * @default false
             */
            readonly suggestions?: boolean;
        };
        /** @description The run that is on and the last run that ended. */
        readonly IngestStatus: {
            /**
             * @description `running`: a run is on. `cancelling`: a run was cancelled and is ending. `idle`: no run is on.
             * @enum {string}
             */
            readonly state: "idle" | "running" | "cancelling";
            /** @description The run that is on; null if no run is on. */
            readonly run: components["schemas"]["Run"] | null;
            /** @description The last run that ended; null if no run has ended. */
            readonly last_run: components["schemas"]["Run"] | null;
        };
        /** @description What was queued. */
        readonly QueuedSidecars: {
            /** @description The number of sidecars that this call queued. */
            readonly queued: number;
            /** @description The `cursor` of the next call; null if all media objects are queued. */
            readonly next_cursor: string | null;
        };
        /** @description The media objects whose sidecars are to be written. */
        readonly SidecarsRequest: {
            readonly filter?: components["schemas"]["SelectionFilter"];
            /** @description `true`: an empty `filter`, or one that leaves out no more than missing media objects, is no mistake. */
            readonly all?: boolean;
            /** @description The `next_cursor` of the call before. Repeat all other fields unchanged. */
            readonly cursor?: string;
        };
        /** @description A page of runs. */
        readonly RunList: {
            /** @description The runs of the page. */
            readonly items: readonly components["schemas"]["Run"][];
            /** @description The `cursor` of the next page; null on the last page. */
            readonly next_cursor: string | null;
        };
        /** @description A page of failures. */
        readonly RunFailureList: {
            /** @description The failures of the page. */
            readonly items: readonly components["schemas"]["RunFailure"][];
            /** @description The `cursor` of the next page; null on the last page. */
            readonly next_cursor: string | null;
        };
        /** @description A media object that a run could not process. */
        readonly RunFailure: {
            /**
             * Format: uuid
             * @description The id of the media object.
             */
            readonly media_id: string;
            /** @description The object key of the media object. */
            readonly object_key: string;
            /** @description The name of the storage provider that holds the object. */
            readonly provider: string;
            /**
             * @description The step that failed: `reading` the file, making the `thumbnail`, or all `attempts` to process the file.
             * @enum {string}
             */
            readonly stage: "reading" | "thumbnail" | "attempts";
            /** @description The reason as a code for programs, such as `corrupt`. */
            readonly code: string;
            /** @description The reason in words for people. */
            readonly detail: string;
            /** @description The number of attempts to process the media object. */
            readonly attempts: number;
            /**
             * Format: date-time
             * @description The time of the last attempt.
             */
            readonly last_attempt_at: string;
        };
        /** @description A page of media objects. */
        readonly RunMissingList: {
            /** @description The media objects of the page. */
            readonly items: readonly components["schemas"]["MediaObject"][];
            /** @description The `cursor` of the next page; null on the last page. A page may hold fewer items than `limit`, or none. */
            readonly next_cursor: string | null;
        };
        /** @description A page of moves. */
        readonly UnclearMoveList: {
            /** @description The moves of the page. */
            readonly items: readonly components["schemas"]["UnclearMove"][];
            /** @description The `cursor` of the next page; null on the last page. A page may hold fewer items than `limit`, or none. */
            readonly next_cursor: string | null;
        };
        /** @description A media object whose photo may have moved. `relinkMedia` decides where it is now. */
        readonly UnclearMove: {
            readonly media: components["schemas"]["MediaObject"];
            /** @description The media objects with the same bytes that the run made, at most 20: one of them may be the photo. */
            readonly candidates: readonly components["schemas"]["MediaObject"][];
        };
        /** @description The health and the contents of the database. */
        readonly DatabaseHealth: {
            /**
             * @description `degraded`: the database lacks migrations.
             * @enum {string}
             */
            readonly status: "ok" | "degraded";
            /** @description The time that a small query took, in milliseconds. */
            readonly latency_ms: number;
            readonly migrations: components["schemas"]["Migrations"];
            /** @description The number of media objects in each state. */
            readonly counts: {
                /** @description The number of media objects in this state. */
                readonly pending?: number;
                /** @description The number of media objects in this state. */
                readonly ready?: number;
                /** @description The number of media objects in this state. */
                readonly failed?: number;
                /** @description The number of media objects in this state. */
                readonly unsupported?: number;
            };
            /** @description The size of the database in bytes. */
            readonly size_bytes: number;
        };
        /** @description The migrations of the database schema. */
        readonly Migrations: {
            /** @description The migrations that were applied to the database. */
            readonly applied: readonly string[];
            /** @description The migrations that the database lacks. */
            readonly pending: readonly string[];
        };
        /** @description The caller, the limits of the service, and the types and storage providers for uploads. */
        readonly About: {
            /** @description The version of the service. */
            readonly version: string;
            /** @description The commit that the service was built from; null if the deployment did not set a commit. */
            readonly commit: string | null;
            /** @description The caller that sent the request. */
            readonly caller: {
                /** @description The name of the key, or the e-mail address of a person whom Cloudflare Access names. */
                readonly name: string;
                /** @description The scopes of the caller. */
                readonly scopes: readonly ("read" | "write" | "admin")[];
                /**
                 * @description The way in which the caller has proved who they are. `key`: by an API key. `session`: by a session that an API key has begun. `access`: by Cloudflare Access.
                 * @enum {string}
                 */
                readonly via: "key" | "session" | "access";
            };
            /** @description The media types that an upload may have. */
            readonly accepted_types: readonly ("image/jpeg" | "image/png" | "image/gif" | "image/webp" | "image/heic" | "image/heif" | "image/avif" | "image/tiff" | "image/bmp")[];
            /** @description The limits of this service. */
            readonly limits: {
                /** @description The most bytes of an upload with a raw body. */
                readonly upload_bytes: number;
                /** @description The most bytes of an upload as a form, with all fields. */
                readonly form_bytes: number;
                /** @description The most bytes of a JSON body. */
                readonly json_bytes: number;
                /** @description The most bytes of a photo with a thumbnail. The service stores and serves a larger file without a thumbnail. */
                readonly process_bytes: number;
                /** @description The most pixels of a photo with a thumbnail. The service stores and serves a larger photo without a thumbnail. */
                readonly pixels: number;
                /** @description The most bytes of UTF-8 of an `object_key`. */
                readonly object_key_bytes: number;
                /** @description The largest `limit` of `GET /v1/media`. */
                readonly page: number;
                /** @description The largest `offset` of `GET /v1/media`. */
                readonly offset: number;
                /** @description The most `ids` of `POST /v1/media/bulk`, and the most media objects of one that is `atomic`. */
                readonly bulk: number;
                /** @description The largest `expires_in` of signed links. */
                readonly link_seconds: number;
                /** @description The number of days after which the nightly run deletes what is in the trash. 0: there is no trash, and every `DELETE` is for good and needs the scope `admin`. */
                readonly trash_days: number;
                /** @description The limits of `object_metadata`. Characters are Unicode code points. */
                readonly object_metadata: {
                    /** @description The largest size of `object_metadata` as JSON, in bytes. */
                    readonly bytes: number;
                    /** @description The most levels of nested objects and arrays. `object_metadata` itself is level 1. */
                    readonly depth: number;
                    /** @description The most characters of `description`. */
                    readonly description_characters: number;
                    /** @description The most characters of `title`, `creator`, `credit`, `copyright`, `usage_terms`, `city`, `state` and `country`. */
                    readonly text_characters: number;
                    /** @description The most keywords of a media object. */
                    readonly keywords: number;
                    /** @description The most characters of a keyword. */
                    readonly keyword_characters: number;
                    /** @description The most characters of the name of a field. */
                    readonly field_name_characters: number;
                };
            };
            /** @description The configured storage providers. */
            readonly providers: readonly {
                /** @description The name of the storage provider. */
                readonly name: string;
                /** @description The kind of storage: `r2` or `dropbox`. */
                readonly type: string;
                /** @description Whether the storage provider takes uploads. */
                readonly writable: boolean;
            }[];
        };
        /** @description The caller that sent the request, or nobody. */
        readonly WhoIsAsking: {
            /** @description The name of the key, or the e-mail address of a person whom Cloudflare Access names; null for nobody. */
            readonly name: string | null;
            /** @description The scopes of the caller; empty for nobody. */
            readonly scopes: readonly ("read" | "write" | "admin")[];
            /**
             * @description The way in which the caller has proved who they are: `key`, `session` or `access`; null for nobody.
             * @enum {string|null}
             */
            readonly via: "key" | "session" | "access" | null;
            /**
             * Format: date-time
             * @description The time at which the session ends; null for a caller without a session.
             */
            readonly expires_at: string | null;
        };
        /** @description The session that has begun. */
        readonly Session: {
            /** @description The name of the key, or the e-mail address of a person whom Cloudflare Access names. */
            readonly name: string;
            /** @description The scopes of the caller. */
            readonly scopes: readonly ("read" | "write" | "admin")[];
            /**
             * @description The way in which the caller has proved who they are. `key`: by an API key. `session`: by a session that an API key has begun. `access`: by Cloudflare Access.
             * @enum {string}
             */
            readonly via: "key" | "session" | "access";
            /**
             * Format: date-time
             * @description The time at which the session ends, 12 hours after it has begun.
             */
            readonly expires_at: string;
        };
        /** @description A notification of Dropbox (Dropbox, "Webhooks"). The service checks the signature and ignores the content. */
        readonly DropboxNotification: {
            /** @description The accounts whose files have changed. */
            readonly list_folder: {
                /** @description The accounts with changed files. */
                readonly accounts: readonly string[];
            } & {
                readonly [key: string]: unknown;
            };
        } & {
            readonly [key: string]: unknown;
        };
        /** @description Whether the service works. */
        readonly Health: {
            /**
             * @description `degraded`: a check failed, or the configuration has a problem.
             * @enum {string}
             */
            readonly status: "ok" | "degraded";
            /** @description The version of the service. */
            readonly version: string;
            readonly checks: components["schemas"]["HealthChecks"];
            /** @description The problems of the configuration. */
            readonly problems: readonly string[];
        };
        /** @description The results of the checks. The checks ran at most ten seconds ago. */
        readonly HealthChecks: {
            /**
             * @description Whether the database answers.
             * @enum {string}
             */
            readonly database: "ok" | "failed";
            /**
             * @description Whether every storage provider answers.
             * @enum {string}
             */
            readonly storage: "ok" | "failed";
            /**
             * @description Whether the coordinator of ingests answers.
             * @enum {string}
             */
            readonly coordinator: "ok" | "failed";
        };
    };
    responses: never;
    parameters: {
        /** @description The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters. */
        readonly "If-Match": string;
        /** @description The `ETag` of a representation that the client has (RFC 9110 §13.1.2). If this `ETag` is still current, the answer is `304` without a body. */
        readonly "If-None-Match": string;
        /** @description The part of the bytes that the client wants (RFC 9110 §14.2): one range, such as `bytes=0-1023`. The service ignores several ranges, and ignores `Range` for `HEAD`; the answer then is that for the whole object. */
        readonly Range: string;
        /** @description The `ETag` or the `Last-Modified` of the object of which the client has a part (RFC 9110 §13.1.5). `Range` counts only if the object still has the same bytes. A weak tag matches no bytes, as the RFC demands. No edge weakens the `ETag` of a photo, because no edge compresses photos. */
        readonly "If-Range": string;
        /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
        readonly "Content-Digest": string;
        /** @description The content codings that the client takes (RFC 9110 §12.5.3). With `gzip` among them the answer is packed. At most 1,024 characters. */
        readonly "Accept-Encoding": string;
        /** @description `gzip` for a packed body (RFC 9110 §8.4); without this header the body is plain text. */
        readonly "Content-Encoding": string;
        /** @description The revision of the Model Context Protocol that the client and the service have agreed on, such as `2025-06-18`. `initialize` needs no such header. If the service does not know the revision, the answer is `400`. */
        readonly "MCP-Protocol-Version": string;
        /** @description The HMAC-SHA-256 of the body in hexadecimal, keyed by the secret of the Dropbox app. Only Dropbox can make this signature. */
        readonly "X-Dropbox-Signature": string;
        /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
        readonly "X-D1-Bookmark": string;
        /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
        readonly "X-Request-Id": string;
        /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
        readonly traceparent: string;
    };
    requestBodies: never;
    headers: {
        /** @description The name of this representation (RFC 9110 §8.8.3), for `If-None-Match`, `If-Match` and `If-Range`. An edge that compresses the answer puts `W/` before the `ETag`. Send the `ETag` back exactly as received. */
        readonly ETag: string;
        /** @description The path of the new media object, or the path of the progress of the run (RFC 9110 §10.2.2). */
        readonly Location: string;
        /** @description The address of the next page, with `rel="next"` (RFC 8288). The last page has no `Link`. */
        readonly Link: string;
        /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
        readonly "Retry-After": number;
        /** @description The number of bytes of the body. */
        readonly "Content-Length": number;
        /** @description The range of bytes in the body and the size of the object (RFC 9110 §14.4), such as `bytes 0-1023/3145728`. */
        readonly "Content-Range": string;
        /** @description `inline` or `attachment`, with the name of the file (RFC 6266, RFC 8187). */
        readonly "Content-Disposition": string;
        /** @description The content codings that the service takes in a body, where the body has another one (RFC 9110 §12.5.3). */
        readonly "Accept-Encoding": string;
        /** @description `bytes`: the service understands `Range`. */
        readonly "Accept-Ranges": string;
        /** @description The request headers that the representation depends on (RFC 9110 §12.5.5). */
        readonly Vary: string;
        /** @description The time at which the object last changed at the storage provider. The header is left out if the storage provider does not tell the time. */
        readonly "Last-Modified": string;
        /** @description The ways to send a key (RFC 9110 §11.6.1). */
        readonly "WWW-Authenticate": string;
        /** @description The cookie of the session (RFC 6265): `__Host-tagline-session` over https, `tagline-session-PORT` over http on the machine on which the service runs. No script can read it, and no request of another site has it. */
        readonly "Set-Cookie": string;
        /** @description Has the browser forget the answers that it keeps of this service: always `"cache"`. */
        readonly "Clear-Site-Data": string;
        /** @description The caches that may keep the answer, and for how long (RFC 9111 §5.2). */
        readonly "Cache-Control": string;
        /** @description The time for the whole answer and the time for the database, in milliseconds (W3C Server Timing). */
        readonly "Server-Timing": string;
        /** @description The id of the request in the log of the service. Give this id when you report a problem. */
        readonly "X-Request-Id": string;
        /** @description The state of the database after a write. Send it with the next request to see that write. */
        readonly "X-D1-Bookmark": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly listMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of items on a page. A page may hold fewer than `limit` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than 10,000 media objects (20,000 with `offset`) for a page. Only `next_cursor` tells whether a next page exists. */
                readonly limit?: number;
                /** @description The number of media objects to skip; 0 by default. Use `cursor` for later pages. `offset` and `cursor` cannot be combined. */
                readonly offset?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
                /** @description The field that sorts the media objects; `created_at` by default. `taken_at` sorts by the best known time (`taken.at`). Media objects without a value come last. */
                readonly sort?: "created_at" | "updated_at" | "taken_at" | "object_key" | "file_size";
                /** @description `asc` (the default): the smallest value first. `desc`: the largest value first. */
                readonly order?: "asc" | "desc";
                /** @description `true`: a random order, which stays the same from page to page. `shuffle` cannot be combined with `sort` and `order`. */
                readonly shuffle?: boolean;
                /** @description The seed of the random order: the same seed gives the same order. `seed` needs `shuffle=true`. */
                readonly seed?: string;
                /** @description `true`: only media objects in the trash, the latest first. `trashed=true` can be combined only with `provider`, `prefix`, `limit`, `cursor` and `fields`. */
                readonly trashed?: boolean;
                /** @description `true`: adds `links` with a signed link to the thumbnail of size 512 with the fit `cover`. A list of up to 4 thumbnails as SIZE-FIT, such as `512-cover,1024-contain`: adds `links` with a signed link to each of these thumbnails. The size 2048 goes with `contain` only. The links expire after a day. */
                readonly links?: string;
                /** @description The fields to answer with, such as `object_key,intrinsic.width,object_metadata.description`: names separated by commas, with dots before inner fields. The answer leaves out all other fields except `id`, the `links` that were asked for, and the `highlight` of a search. Names below `object_metadata` may be any. Without `fields` the answer has all fields. */
                readonly fields?: string;
                /** @description Only media objects of the storage provider with this name, such as `r2`. */
                readonly provider?: string;
                /** @description Only media objects whose object key begins with this prefix, such as `2024/beach/`. The prefix is compared byte by byte. Upper and lower case differ, and so do Unicode forms: `é` as one character and `e` with a combining accent are different prefixes. */
                readonly prefix?: string;
                /** @description Only media objects with this keyword. With several `keyword` parameters a media object must have all the keywords. */
                readonly keyword?: readonly string[];
                /** @description Only media objects with this media type, such as `image/jpeg`. `image/*` matches any image. */
                readonly content_type?: string;
                /** @description Only media objects in this state. */
                readonly state?: "pending" | "ready" | "failed" | "unsupported";
                /** @description `false`: only media objects whose object is in the storage. `true`: only missing media objects. `any`: both. The default is `any` with `id`, and `false` otherwise. */
                readonly missing?: "false" | "true" | "any";
                /** @description Only photos taken at this time or later. The service compares the best known time (`taken.at`, a local time) with a date or a date-time without offset, such as `2024-07-14` or `2024-07-14T16:03:11`. */
                readonly taken_after?: string;
                /** @description Only photos taken before this time, in the same form as `taken_after`. */
                readonly taken_before?: string;
                /** @description Only media objects that changed at this time or later: a date-time with offset, such as `2026-11-22T10:38:00Z`. */
                readonly updated_after?: string;
                /** @description Only the media object with this id. With several `id` parameters the list has all of them; ids of no media object are left out. The ids do not decide the order. */
                readonly id?: readonly string[];
                /** @description Only media objects with exactly this object key. Several storage providers may have the same object key. */
                readonly object_key?: string;
                /** @description Only media objects of which this is known: a description, at least one keyword, a place (`place`) or a time (`taken`). `sidecar_change` finds media objects whose `sidecar` has `changed`, `suggestions` those with suggestions. With several `has` parameters all of them must be known. */
                readonly has?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects of which this is not known. With several `without` parameters none of them may be known. */
                readonly without?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects whose place (`place`) lies in this box: SOUTH,WEST,NORTH,EAST in degrees, such as `47.2,5.9,55.1,15.1`. The edges belong to the box. If WEST is greater than EAST, the box goes over the 180th meridian. */
                readonly within?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of media objects. */
            readonly 200: {
                headers: {
                    readonly Link: components["headers"]["Link"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly uploadMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description The object key. Required if the body is the photo itself; a form has `object_key` as a field. A key has 1 to 1,024 bytes of UTF-8 and is stored in the form NFC. A key does not begin with a slash, and has no segment that is empty, `.` or `..`. The service refuses characters that can deceive a reader: control characters (C1 too), line and paragraph separators, direction controls, and invisible characters such as U+200B or U+FEFF. The service keeps joiners (U+200C, U+200D), variation selectors and the tag characters of flags. */
                readonly object_key?: string;
                /** @description The name of the storage provider that stores the photo. Without `provider` the first writable storage provider stores the photo. */
                readonly provider?: string;
                /** @description `true`: the upload replaces an object that has the same key. The media object keeps its `id` and its `object_metadata`. If the media object of that key is in the trash, the upload gets a new media object, and the answer is `201`. */
                readonly overwrite?: boolean;
            };
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "multipart/form-data": components["schemas"]["UploadForm"];
                readonly "application/octet-stream": unknown;
                readonly "image/jpeg": unknown;
                readonly "image/png": unknown;
                readonly "image/gif": unknown;
                readonly "image/webp": unknown;
                readonly "image/heic": unknown;
                readonly "image/heif": unknown;
                readonly "image/avif": unknown;
                readonly "image/tiff": unknown;
                readonly "image/bmp": unknown;
            };
        };
        readonly responses: {
            /** @description The object was replaced. The media object keeps its `id` and its `object_metadata`. */
            readonly 200: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description The photo is stored. The media object is `pending` and queued for processing. */
            readonly 201: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `object_exists`: Object exists; `read_only_provider`: Read-only provider */
            readonly 409: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `length_required`: Length required */
            readonly 411: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_rate_limited`: Storage rate limited; `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly searchMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description The words to search for. All words must match; case and accents do not count. `"white beach"` is a phrase, `-beach` leaves out what matches, `bea*` matches words that begin so. `keyword:beach` and `keyword:"new york"` match a whole keyword, `camera:nikon` the camera, `folder:2024/beach` whatever lies in the folder (upper and lower case differ here), `taken:2024-07-14`, `taken:2024-07..2024-08` and `taken:2024..` the time, `has:location` (also `description`, `keywords`, `taken_at`) what is known. Every text is a query: anything else is plain text. The last word also matches as a beginning, unless `-` stands before it, or a space, a quotation mark or punctuation behind it. Chinese, Japanese and Thai texts are found by any part of two characters or more. */
                readonly q?: string;
                /** @description The largest number of items on a page. A page may hold fewer than `limit` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than 10,000 media objects (20,000 with `offset`) for a page. Only `next_cursor` tells whether a next page exists. */
                readonly limit?: number;
                /** @description The number of media objects to skip; 0 by default. Use `cursor` for later pages. `offset` and `cursor` cannot be combined. */
                readonly offset?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
                /** @description Adds `facets`: the 50 most frequent values of each named property among the results. Names: `keywords`, `content_type`, `camera`, `year`; with commas between them, such as `keywords,year`. */
                readonly facets?: string;
                /** @description The two texts that stand before and behind each match in `highlight`, with a comma between them, such as `<em>,</em>`. Without `mark` they are the characters U+E000 and U+E001. The service does not escape anything: escape the text before you replace the marks by HTML. */
                readonly mark?: string;
                /** @description `false`: leaves out what only suggestions match. */
                readonly suggestions?: boolean;
                /** @description `true`: adds `links` with a signed link to the thumbnail of size 512 with the fit `cover`. A list of up to 4 thumbnails as SIZE-FIT, such as `512-cover,1024-contain`: adds `links` with a signed link to each of these thumbnails. The size 2048 goes with `contain` only. The links expire after a day. */
                readonly links?: string;
                /** @description The fields to answer with, such as `object_key,intrinsic.width,object_metadata.description`: names separated by commas, with dots before inner fields. The answer leaves out all other fields except `id`, the `links` that were asked for, and the `highlight` of a search. Names below `object_metadata` may be any. Without `fields` the answer has all fields. */
                readonly fields?: string;
                /** @description Only media objects of the storage provider with this name, such as `r2`. */
                readonly provider?: string;
                /** @description Only media objects whose object key begins with this prefix, such as `2024/beach/`. The prefix is compared byte by byte. Upper and lower case differ, and so do Unicode forms: `é` as one character and `e` with a combining accent are different prefixes. */
                readonly prefix?: string;
                /** @description Only media objects with this keyword. With several `keyword` parameters a media object must have all the keywords. */
                readonly keyword?: readonly string[];
                /** @description Only media objects with this media type, such as `image/jpeg`. `image/*` matches any image. */
                readonly content_type?: string;
                /** @description Only media objects in this state. */
                readonly state?: "pending" | "ready" | "failed" | "unsupported";
                /** @description `false`: only media objects whose object is in the storage. `true`: only missing media objects. `any`: both. The default is `any` with `id`, and `false` otherwise. */
                readonly missing?: "false" | "true" | "any";
                /** @description Only photos taken at this time or later. The service compares the best known time (`taken.at`, a local time) with a date or a date-time without offset, such as `2024-07-14` or `2024-07-14T16:03:11`. */
                readonly taken_after?: string;
                /** @description Only photos taken before this time, in the same form as `taken_after`. */
                readonly taken_before?: string;
                /** @description Only media objects that changed at this time or later: a date-time with offset, such as `2026-11-22T10:38:00Z`. */
                readonly updated_after?: string;
                /** @description Only the media object with this id. With several `id` parameters the list has all of them; ids of no media object are left out. The ids do not decide the order. */
                readonly id?: readonly string[];
                /** @description Only media objects with exactly this object key. Several storage providers may have the same object key. */
                readonly object_key?: string;
                /** @description Only media objects of which this is known: a description, at least one keyword, a place (`place`) or a time (`taken`). `sidecar_change` finds media objects whose `sidecar` has `changed`, `suggestions` those with suggestions. With several `has` parameters all of them must be known. */
                readonly has?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects of which this is not known. With several `without` parameters none of them may be known. */
                readonly without?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects whose place (`place`) lies in this box: SOUTH,WEST,NORTH,EAST in degrees, such as `47.2,5.9,55.1,15.1`. The edges belong to the box. If WEST is greater than EAST, the box goes over the 180th meridian. */
                readonly within?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of search results. */
            readonly 200: {
                headers: {
                    readonly Link: components["headers"]["Link"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SearchResults"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description `true`: only a media object in the trash. `trashed=true` cannot be combined with `links`, because no link leads to the trash. */
                readonly trashed?: boolean;
                /** @description `true`: adds `links` with a signed link to the thumbnail of size 512 with the fit `cover`. A list of up to 4 thumbnails as SIZE-FIT, such as `512-cover,1024-contain`: adds `links` with a signed link to each of these thumbnails. The size 2048 goes with `contain` only. The links expire after a day. */
                readonly links?: string;
                /** @description The fields to answer with, such as `object_key,intrinsic.width,object_metadata.description`: names separated by commas, with dots before inner fields. The answer leaves out all other fields except `id`, the `links` that were asked for, and the `highlight` of a search. Names below `object_metadata` may be any. Without `fields` the answer has all fields. */
                readonly fields?: string;
            };
            readonly header?: {
                /** @description The `ETag` of a representation that the client has (RFC 9110 §13.1.2). If this `ETag` is still current, the answer is `304` without a body. */
                readonly "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The media object. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaListItem"] | components["schemas"]["PartialMediaObject"];
                };
            };
            /** @description The client has the current representation. */
            readonly 304: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description `true`: deletes the media object for good, with its `object_metadata`, its history and its bytes, from the trash too. */
                readonly permanent?: boolean;
            };
            readonly header?: {
                /** @description The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters. */
                readonly "If-Match"?: components["parameters"]["If-Match"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The media object is in the trash; with `permanent=true` the media object was deleted. */
            readonly 204: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `read_only_provider`: Read-only provider */
            readonly 409: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: Precondition failed */
            readonly 412: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `storage_rate_limited`: Storage rate limited; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly changeMedia: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters. */
                readonly "If-Match"?: components["parameters"]["If-Match"];
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "object_metadata": {
                 *         "description": "The beach at noon",
                 *         "keywords": [
                 *           "beach",
                 *           "family"
                 *         ]
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["MediaPatch"];
                /**
                 * @example {
                 *       "object_metadata": {
                 *         "description": "The beach at noon",
                 *         "keywords": [
                 *           "beach",
                 *           "family"
                 *         ]
                 *       }
                 *     }
                 */
                readonly "application/merge-patch+json": components["schemas"]["MediaPatch"];
            };
        };
        readonly responses: {
            /** @description The media object after the change. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: Precondition failed */
            readonly 412: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly processMedia: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The media object is `pending` and queued for processing. */
            readonly 202: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `object_missing`: Object missing */
            readonly 410: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `storage_rate_limited`: Storage rate limited; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly restoreMedia: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The media object, which is not in the trash any more. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `storage_rate_limited`: Storage rate limited; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly takeSidecar: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters. */
                readonly "If-Match"?: components["parameters"]["If-Match"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The media object with the words of the sidecar. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: Precondition failed */
            readonly 412: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `storage_rate_limited`: Storage rate limited; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly acceptSuggestions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters. */
                readonly "If-Match"?: components["parameters"]["If-Match"];
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "description": true
                 *     }
                 */
                readonly "application/json": components["schemas"]["SuggestionsAcceptance"];
            };
        };
        readonly responses: {
            /** @description The media object after the change. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: Precondition failed */
            readonly 412: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly refuseSuggestions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters. */
                readonly "If-Match"?: components["parameters"]["If-Match"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description No suggestions are left. */
            readonly 204: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: Precondition failed */
            readonly 412: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getNeighbours: {
        readonly parameters: {
            readonly query?: {
                /** @description The field that sorts the media objects; `created_at` by default. `taken_at` sorts by the best known time (`taken.at`). Media objects without a value come last. */
                readonly sort?: "created_at" | "updated_at" | "taken_at" | "object_key" | "file_size";
                /** @description `asc` (the default): the smallest value first. `desc`: the largest value first. */
                readonly order?: "asc" | "desc";
                /** @description The words to search for. All words must match; case and accents do not count. `"white beach"` is a phrase, `-beach` leaves out what matches, `bea*` matches words that begin so. `keyword:beach` and `keyword:"new york"` match a whole keyword, `camera:nikon` the camera, `folder:2024/beach` whatever lies in the folder (upper and lower case differ here), `taken:2024-07-14`, `taken:2024-07..2024-08` and `taken:2024..` the time, `has:location` (also `description`, `keywords`, `taken_at`) what is known. Every text is a query: anything else is plain text. The last word also matches as a beginning, unless `-` stands before it, or a space, a quotation mark or punctuation behind it. Chinese, Japanese and Thai texts are found by any part of two characters or more. */
                readonly q?: string;
                /** @description Only media objects of the storage provider with this name, such as `r2`. */
                readonly provider?: string;
                /** @description Only media objects whose object key begins with this prefix, such as `2024/beach/`. The prefix is compared byte by byte. Upper and lower case differ, and so do Unicode forms: `é` as one character and `e` with a combining accent are different prefixes. */
                readonly prefix?: string;
                /** @description Only media objects with this keyword. With several `keyword` parameters a media object must have all the keywords. */
                readonly keyword?: readonly string[];
                /** @description Only media objects with this media type, such as `image/jpeg`. `image/*` matches any image. */
                readonly content_type?: string;
                /** @description Only media objects in this state. */
                readonly state?: "pending" | "ready" | "failed" | "unsupported";
                /** @description `false`: only media objects whose object is in the storage. `true`: only missing media objects. `any`: both. The default is `any` with `id`, and `false` otherwise. */
                readonly missing?: "false" | "true" | "any";
                /** @description Only photos taken at this time or later. The service compares the best known time (`taken.at`, a local time) with a date or a date-time without offset, such as `2024-07-14` or `2024-07-14T16:03:11`. */
                readonly taken_after?: string;
                /** @description Only photos taken before this time, in the same form as `taken_after`. */
                readonly taken_before?: string;
                /** @description Only media objects that changed at this time or later: a date-time with offset, such as `2026-11-22T10:38:00Z`. */
                readonly updated_after?: string;
                /** @description Only the media object with this id. With several `id` parameters the list has all of them; ids of no media object are left out. The ids do not decide the order. */
                readonly id?: readonly string[];
                /** @description Only media objects with exactly this object key. Several storage providers may have the same object key. */
                readonly object_key?: string;
                /** @description Only media objects of which this is known: a description, at least one keyword, a place (`place`) or a time (`taken`). `sidecar_change` finds media objects whose `sidecar` has `changed`, `suggestions` those with suggestions. With several `has` parameters all of them must be known. */
                readonly has?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects of which this is not known. With several `without` parameters none of them may be known. */
                readonly without?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects whose place (`place`) lies in this box: SOUTH,WEST,NORTH,EAST in degrees, such as `47.2,5.9,55.1,15.1`. The edges belong to the box. If WEST is greater than EAST, the box goes over the 180th meridian. */
                readonly within?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The neighbours. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Neighbours"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listSimilarMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of media objects on a page. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of similar media objects. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SimilarMediaList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRevisions: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of revisions on a page. A page may hold fewer; only `next_cursor` tells whether a next page exists. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of revisions. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RevisionList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly revertMedia: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters. */
                readonly "If-Match"?: components["parameters"]["If-Match"];
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "revision": 0
                 *     }
                 */
                readonly "application/json": components["schemas"]["MediaRevert"];
            };
        };
        readonly responses: {
            /** @description The media object after the change. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MediaObject"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: Precondition failed */
            readonly 412: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly changeManyMedia: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "keyword": "beach"
                 *       },
                 *       "remove_keywords": [
                 *         "beach"
                 *       ],
                 *       "add_keywords": [
                 *         "seaside"
                 *       ],
                 *       "dry_run": true
                 *     }
                 */
                readonly "application/json": components["schemas"]["BulkChange"];
            };
        };
        readonly responses: {
            /** @description What was done. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `bulk_failed`: Bulk change failed; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly countSelectedKeywords: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "prefix": "2024/"
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["Selection"];
            };
        };
        readonly responses: {
            /** @description The keywords of the selected media objects. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SelectedKeywords"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly makeLinks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "expires_in": 3600,
                 *       "thumbnail": {
                 *         "size": 512,
                 *         "fit": "cover"
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["LinksRequest"];
            };
        };
        readonly responses: {
            /** @description The links. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Links"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getMediaData: {
        readonly parameters: {
            readonly query?: {
                /** @description `true`: the browser saves the photo instead of showing the photo. */
                readonly download?: boolean;
                /** @description Part of a signed link: the version of the bytes that the link is for. Caches may keep only these bytes until the link expires. */
                readonly v?: string;
                /** @description Part of a signed link: the time at which the link expires, in seconds since 1970. */
                readonly expires?: string;
                /** @description Part of a signed link: the signature. An API key is not a signature. The service ignores the signature if the request has an API key. */
                readonly signature?: string;
            };
            readonly header?: {
                /** @description The part of the bytes that the client wants (RFC 9110 §14.2): one range, such as `bytes=0-1023`. The service ignores several ranges, and ignores `Range` for `HEAD`; the answer then is that for the whole object. */
                readonly Range?: components["parameters"]["Range"];
                /** @description The `ETag` or the `Last-Modified` of the object of which the client has a part (RFC 9110 §13.1.5). `Range` counts only if the object still has the same bytes. A weak tag matches no bytes, as the RFC demands. No edge weakens the `ETag` of a photo, because no edge compresses photos. */
                readonly "If-Range"?: components["parameters"]["If-Range"];
                /** @description The `ETag` of a representation that the client has (RFC 9110 §13.1.2). If this `ETag` is still current, the answer is `304` without a body. */
                readonly "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The whole object. */
            readonly 200: {
                headers: {
                    readonly "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    readonly "Content-Disposition": components["headers"]["Content-Disposition"];
                    readonly "Content-Length": components["headers"]["Content-Length"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Last-Modified": components["headers"]["Last-Modified"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/*": unknown;
                    readonly "application/octet-stream": unknown;
                };
            };
            /** @description The part of the object that `Range` asks for. */
            readonly 206: {
                headers: {
                    readonly "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    readonly "Content-Disposition": components["headers"]["Content-Disposition"];
                    readonly "Content-Length": components["headers"]["Content-Length"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Last-Modified": components["headers"]["Last-Modified"];
                    readonly "Content-Range": components["headers"]["Content-Range"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/*": unknown;
                    readonly "application/octet-stream": unknown;
                };
            };
            /** @description The client has the current bytes. */
            readonly 304: {
                headers: {
                    readonly "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    readonly "Content-Disposition": components["headers"]["Content-Disposition"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Last-Modified": components["headers"]["Last-Modified"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `invalid_signature`: Invalid signature; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `object_missing`: Object missing */
            readonly 410: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `range_not_satisfiable`: Range not satisfiable */
            readonly 416: {
                headers: {
                    readonly "Content-Range": components["headers"]["Content-Range"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_rate_limited`: Storage rate limited; `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getThumbnail: {
        readonly parameters: {
            readonly query?: {
                /** @description The length of a side of the thumbnail in pixels. See `fit`. 2048 goes with the fit `contain` only. */
                readonly size?: 128 | 256 | 512 | 1024 | 2048;
                /** @description `cover`: a square of exactly `size` × `size` pixels, cut from the middle of the photo. `contain`: the whole photo with a longest side of `size` pixels, never enlarged. */
                readonly fit?: "cover" | "contain";
                /** @description The `thumbnail_version` of the media object. A client may keep the answer to a request with the current `v` for ever. Requests with a `v` have a rate limit of their own; those with another `v` than the current one count as reads too. */
                readonly v?: string;
                /** @description `true`: the thumbnail of a media object in the trash, made for this request and stored nowhere. No signed link leads to it. */
                readonly trashed?: boolean;
                /** @description Part of a signed link: the time at which the link expires, in seconds since 1970. */
                readonly expires?: string;
                /** @description Part of a signed link: the signature. An API key is not a signature. The service ignores the signature if the request has an API key. */
                readonly signature?: string;
            };
            readonly header?: {
                /** @description The `ETag` of a representation that the client has (RFC 9110 §13.1.2). If this `ETag` is still current, the answer is `304` without a body. */
                readonly "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The thumbnail. */
            readonly 200: {
                headers: {
                    readonly "Content-Length": components["headers"]["Content-Length"];
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": unknown;
                };
            };
            /** @description The client has the current thumbnail. */
            readonly 304: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `invalid_signature`: Invalid signature; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found; `thumbnail_unavailable`: Thumbnail unavailable */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `object_missing`: Object missing */
            readonly 410: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Storage unavailable */
            readonly 502: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_rate_limited`: Storage rate limited; `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getMediaXmp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` of a representation that the client has (RFC 9110 §13.1.2). If this `ETag` is still current, the answer is `304` without a body. */
                readonly "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The XMP packet (ISO 16684-1), in UTF-8. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Content-Disposition": components["headers"]["Content-Disposition"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/rdf+xml": unknown;
                };
            };
            /** @description The client has the current packet. */
            readonly 304: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getOverview: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The collection in numbers. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getTimeline: {
        readonly parameters: {
            readonly query?: {
                /** @description The length of a period. */
                readonly by?: "year" | "month" | "day";
                /** @description The time that decides the period of a media object. `taken_at`: the best known time of the photo (`taken.at`, a local time). `created_at`: the time at which the media object was created, in UTC. */
                readonly of?: "taken_at" | "created_at";
                /** @description The words to search for. All words must match; case and accents do not count. `"white beach"` is a phrase, `-beach` leaves out what matches, `bea*` matches words that begin so. `keyword:beach` and `keyword:"new york"` match a whole keyword, `camera:nikon` the camera, `folder:2024/beach` whatever lies in the folder (upper and lower case differ here), `taken:2024-07-14`, `taken:2024-07..2024-08` and `taken:2024..` the time, `has:location` (also `description`, `keywords`, `taken_at`) what is known. Every text is a query: anything else is plain text. The last word also matches as a beginning, unless `-` stands before it, or a space, a quotation mark or punctuation behind it. Chinese, Japanese and Thai texts are found by any part of two characters or more. */
                readonly q?: string;
                /** @description Only media objects of the storage provider with this name, such as `r2`. */
                readonly provider?: string;
                /** @description Only media objects whose object key begins with this prefix, such as `2024/beach/`. The prefix is compared byte by byte. Upper and lower case differ, and so do Unicode forms: `é` as one character and `e` with a combining accent are different prefixes. */
                readonly prefix?: string;
                /** @description Only media objects with this keyword. With several `keyword` parameters a media object must have all the keywords. */
                readonly keyword?: readonly string[];
                /** @description Only media objects with this media type, such as `image/jpeg`. `image/*` matches any image. */
                readonly content_type?: string;
                /** @description Only media objects in this state. */
                readonly state?: "pending" | "ready" | "failed" | "unsupported";
                /** @description `false`: only media objects whose object is in the storage. `true`: only missing media objects. `any`: both. The default is `any` with `id`, and `false` otherwise. */
                readonly missing?: "false" | "true" | "any";
                /** @description Only photos taken at this time or later. The service compares the best known time (`taken.at`, a local time) with a date or a date-time without offset, such as `2024-07-14` or `2024-07-14T16:03:11`. */
                readonly taken_after?: string;
                /** @description Only photos taken before this time, in the same form as `taken_after`. */
                readonly taken_before?: string;
                /** @description Only media objects that changed at this time or later: a date-time with offset, such as `2026-11-22T10:38:00Z`. */
                readonly updated_after?: string;
                /** @description Only the media object with this id. With several `id` parameters the list has all of them; ids of no media object are left out. The ids do not decide the order. */
                readonly id?: readonly string[];
                /** @description Only media objects with exactly this object key. Several storage providers may have the same object key. */
                readonly object_key?: string;
                /** @description Only media objects of which this is known: a description, at least one keyword, a place (`place`) or a time (`taken`). `sidecar_change` finds media objects whose `sidecar` has `changed`, `suggestions` those with suggestions. With several `has` parameters all of them must be known. */
                readonly has?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects of which this is not known. With several `without` parameters none of them may be known. */
                readonly without?: readonly ("description" | "keywords" | "location" | "taken_at" | "sidecar_change" | "suggestions")[];
                /** @description Only media objects whose place (`place`) lies in this box: SOUTH,WEST,NORTH,EAST in degrees, such as `47.2,5.9,55.1,15.1`. The edges belong to the box. If WEST is greater than EAST, the box goes over the 180th meridian. */
                readonly within?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The periods that have media objects. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listKeywords: {
        readonly parameters: {
            readonly query?: {
                /** @description Only keywords that begin with this text. Case and accents are ignored. */
                readonly prefix?: string;
                /** @description `keyword`: in the order of the letters, without case and accents. `count`: the keyword that most media objects have first; keywords with the same count in the order of the letters. */
                readonly sort?: "keyword" | "count";
                /** @description The largest number of items on a page. With `sort=count` the service reads at most 10,000 entries for a page, so a page may hold fewer than `limit` items, or none. Only `next_cursor` tells whether a next page exists. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of keywords. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["KeywordList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listCameras: {
        readonly parameters: {
            readonly query?: {
                /** @description Only cameras whose name begins with this text, such as `nikon`. The case of the letters A to Z is ignored. */
                readonly prefix?: string;
                /** @description `camera`: in the order of the letters. `count`: the camera that took most photos first; cameras with the same count in the order of the letters. */
                readonly sort?: "camera" | "count";
                /** @description The largest number of items on a page. With `sort=count` the service reads at most 10,000 entries for a page, so a page may hold fewer than `limit` items, or none. Only `next_cursor` tells whether a next page exists. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of cameras. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listFolder: {
        readonly parameters: {
            readonly query?: {
                /** @description The folder, such as `2024/beach`; by default the root. A slash at the end makes no difference. Upper and lower case differ. */
                readonly path?: string;
                /** @description Only media objects of the storage provider with this name, such as `r2`. */
                readonly provider?: string;
                /** @description The largest number of media objects on a page. A page may hold fewer than `limit` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than 3,300 files and folders for a page. Only `next_cursor` tells whether a next page exists. */
                readonly limit?: number;
                /** @description The `media.next_cursor` of the page before. Repeat `path` and `provider` unchanged. Without `folders_cursor` the answer then has no `folders`. */
                readonly cursor?: string;
                /** @description The `folders_cursor` of the page before. Repeat `path` and `provider` unchanged. Without `cursor` the answer then has the first page of `media` again. */
                readonly folders_cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The folders and the media objects of the folder. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FolderListing"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listOperations: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of operations on a page. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of operations. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OperationList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly revertOperation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the operation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRevert"];
            };
        };
        readonly responses: {
            /** @description What was taken back. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OperationReverted"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listDuplicates: {
        readonly parameters: {
            readonly query?: {
                /** @description What the media objects of a group have in common: the bytes, or the picture. */
                readonly kind?: "equal" | "same";
                /** @description The largest number of groups on a page. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of groups. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CopyGroupList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly uniteMedia: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a12",
                 *         "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a13"
                 *       ],
                 *       "dry_run": true
                 *     }
                 */
                readonly "application/json": components["schemas"]["Union"];
            };
        };
        readonly responses: {
            /** @description What was united. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["United"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `merge_conflict`: Merge conflict */
            readonly 409: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly relinkMedia: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the media object. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "to": "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a13"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Relink"];
            };
        };
        readonly responses: {
            /** @description The media object, which is no longer missing. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Relinked"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `merge_conflict`: Merge conflict */
            readonly 409: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly exportMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description `ndjson`: a JSON object in each line. `csv`: a table for spreadsheets, without the history. */
                readonly format?: "ndjson" | "csv";
                /** @description `true`: each line of a media object has its `revisions` too, newest first. `history` needs `format=ndjson`. */
                readonly history?: boolean;
                /** @description The `next_cursor` of a closing line; or, if the export broke off, the `id` of the last line that arrived whole. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The content codings that the client takes (RFC 9110 §12.5.3). With `gzip` among them the answer is packed. At most 1,024 characters. */
                readonly "Accept-Encoding"?: components["parameters"]["Accept-Encoding"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The lines of the export. */
            readonly 200: {
                headers: {
                    readonly "Content-Disposition": components["headers"]["Content-Disposition"];
                    readonly Vary: components["headers"]["Vary"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-ndjson": string;
                    readonly "text/csv": string;
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly importMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description `true`: the service only reports what the import would do. */
                readonly dry_run?: boolean;
                /** @description `true`: the service restores the `revisions` of the lines too. `history` needs a body of NDJSON. */
                readonly history?: boolean;
                /** @description The first line to import, counted from 1. The service skips the lines before. With the `next_line` of an answer the import of the same body goes on. */
                readonly from_line?: number;
            };
            readonly header?: {
                /** @description `gzip` for a packed body (RFC 9110 §8.4); without this header the body is plain text. */
                readonly "Content-Encoding"?: components["parameters"]["Content-Encoding"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /** @example {"id": "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11", "object_metadata": {"description": "The beach at noon"}} */
                readonly "application/x-ndjson": string;
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description The import was done, or its beginning up to `next_line`. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has a content coding other than gzip. Or `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "Accept-Encoding": components["headers"]["Accept-Encoding"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly sendAgentMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The revision of the Model Context Protocol that the client and the service have agreed on, such as `2025-06-18`. `initialize` needs no such header. If the service does not know the revision, the answer is `400`. */
                readonly "MCP-Protocol-Version"?: components["parameters"]["MCP-Protocol-Version"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "jsonrpc": "2.0",
                 *       "id": 1,
                 *       "method": "tools/list"
                 *     }
                 */
                readonly "application/json": components["schemas"]["AgentMessage"];
            };
        };
        readonly responses: {
            /** @description The answer to a request. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AgentAnswer"];
                };
            };
            /** @description The message was a notification or an answer. There is no body. */
            readonly 202: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The message does not fit the revision of the protocol. Or `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AgentAnswer"];
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The revision of the protocol has no such method. */
            readonly 404: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AgentAnswer"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly startIngest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["IngestRequest"];
            };
        };
        readonly responses: {
            /** @description A run was on already, and no other run has started. */
            readonly 200: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunStarted"];
                };
            };
            /** @description A run has started. `Location` is the path of its progress. */
            readonly 202: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunStarted"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly scanDatabase: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["ScanRequest"];
            };
        };
        readonly responses: {
            /** @description A run was on already, and no other run has started. */
            readonly 200: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunStarted"];
                };
            };
            /** @description A run has started. `Location` is the path of its progress. */
            readonly 202: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunStarted"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly cancelIngest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The run that is on and the last run that ended. `Location` is the path of the progress. */
            readonly 202: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IngestStatus"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getIngestStatus: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The run that is on and the last run that ended. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IngestStatus"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly writeSidecars: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "prefix": "2024/"
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["SidecarsRequest"];
            };
        };
        readonly responses: {
            /** @description The sidecars are queued. */
            readonly 202: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueuedSidecars"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `read_only_provider`: Read-only provider */
            readonly 409: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRuns: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of runs on a page. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of runs. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getRun: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the run. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The run. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRunFailures: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of failures on a page. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the run. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of failures. Failures of older media objects come first. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunFailureList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRunMissing: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of media objects on a page. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the run. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of media objects. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunMissingList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRunAmbiguous: {
        readonly parameters: {
            readonly query?: {
                /** @description The largest number of moves on a page. */
                readonly limit?: number;
                /** @description The `next_cursor` of the page before. Repeat all other parameters unchanged. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path: {
                /** @description The id of the run. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of moves. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UnclearMoveList"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `resource_not_found`: Resource not found */
            readonly 404: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly followIngest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `id` of the last event that the client received. If no run is on and nothing has changed since that event, the answer is `204`. */
                readonly "last-event-id"?: string;
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Server-sent events (HTML Standard §9.2). */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            /** @description No run is on, and nothing has changed since the event that `last-event-id` names. */
            readonly 204: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getDatabaseHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The database answers and has every migration. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DatabaseHealth"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer, or the database lacks migrations. Or `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DatabaseHealth"];
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getAbout: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The caller, the limits and the accepted types. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["About"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The caller, or nobody. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WhoIsAsking"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly signIn: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session has begun. */
            readonly 200: {
                headers: {
                    readonly "Set-Cookie": components["headers"]["Set-Cookie"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: Insufficient scope; `cross_site`: Cross-site request; `not_permitted`: Not permitted */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly signOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters. */
                readonly "Content-Digest"?: components["parameters"]["Content-Digest"];
                /** @description The bookmark of an earlier answer. The new answer then includes every write up to this bookmark. */
                readonly "X-D1-Bookmark"?: components["parameters"]["X-D1-Bookmark"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description There is no session any more. */
            readonly 204: {
                headers: {
                    readonly "Set-Cookie": components["headers"]["Set-Cookie"];
                    readonly "Clear-Site-Data": components["headers"]["Clear-Site-Data"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: Malformed JSON */
            readonly 400: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_api_key`: Invalid API key */
            readonly 401: {
                headers: {
                    readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cross_site`: Cross-site request */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported media type */
            readonly 415: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_error`: Validation error; `digest_mismatch`: Digest mismatch */
            readonly 422: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Busy; `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly dropboxChallenge: {
        readonly parameters: {
            readonly query: {
                /** @description A text that Dropbox chose. The answer repeats the text. */
                readonly challenge: string;
            };
            readonly header?: {
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The challenge, unchanged. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly dropboxNotification: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The HMAC-SHA-256 of the body in hexadecimal, keyed by the secret of the Dropbox app. Only Dropbox can make this signature. */
                readonly "X-Dropbox-Signature": components["parameters"]["X-Dropbox-Signature"];
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "list_folder": {
                 *         "accounts": [
                 *           "dbid:AAH4f99T0taONIb"
                 *         ]
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["DropboxNotification"];
            };
        };
        readonly responses: {
            /** @description The service has received the notification. */
            readonly 200: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_signature`: Invalid signature */
            readonly 403: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Payload too large */
            readonly 413: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "X-D1-Bookmark": components["headers"]["X-D1-Bookmark"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id. */
                readonly "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace. */
                readonly traceparent?: components["parameters"]["traceparent"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The service works. */
            readonly 200: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `validation_error`: Validation error */
            readonly 422: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Rate limited */
            readonly 429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt (RFC 9110 §10.2.3). */
                    readonly "Retry-After": number;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Internal error */
            readonly 500: {
                headers: {
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A check failed, or the configuration has a problem. Or `database_unavailable`: Database unavailable */
            readonly 503: {
                headers: {
                    readonly "Retry-After": components["headers"]["Retry-After"];
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly "Server-Timing": components["headers"]["Server-Timing"];
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
