// Made by "npm run generate" from api/openapi.json, SHA-256 e261814e920b7c5c8839cb610f40cd9cfb071141c15d515c251a69f37aa26575.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page for browsers with the way to everything else */
        get: operations["readStart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List analyses
         * @description Needs the permission `analysis.read`.
         */
        get: operations["listAnalyses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analyses/{analyse_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an analysis
         * @description Needs the permission `analysis.read`.
         */
        get: operations["readAnalysis"];
        put?: never;
        post?: never;
        /**
         * Delete an analysis
         * @description Needs the permission `analysis.delete`.
         */
        delete: operations["deleteAnalysis"];
        options?: never;
        head?: never;
        /**
         * Decide on an analysis as operator; null takes the decision back
         * @description Needs the permission `analysis.decide`.
         */
        patch: operations["decideAnalysis"];
        trace?: never;
    };
    "/api/analyses/{analyse_id}/meta_data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metadata of an object
         * @description Needs the permission `analysis.read`.
         */
        get: operations["readAnalysisMeta"];
        put?: never;
        /**
         * Replace the metadata of an object
         * @description Needs the permission `analysis.update`.
         */
        post: operations["replaceAnalysisMeta"];
        /**
         * Clear the metadata of an object
         * @description Needs the permission `analysis.update`.
         */
        delete: operations["clearAnalysisMeta"];
        options?: never;
        head?: never;
        /**
         * Merge into the metadata of an object; null removes a key
         * @description Needs the permission `analysis.update`.
         */
        patch: operations["mergeAnalysisMeta"];
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who changed what
         * @description Needs the permission `audit.read`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorize/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with e-mail and password */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorize/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a pair of tokens for a new one */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorize/service_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Issue a long-lived token of the service account user_id, or of the caller
         * @description Needs the permission `service_token.create`.
         */
        get: operations["getServiceToken"];
        put?: never;
        /**
         * Issue a long-lived token of the service account user_id, or of the caller
         * @description Needs the permission `service_token.create`.
         */
        post: operations["createServiceToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorize/service_token/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Issue a long-lived token of a service account
         * @description Needs the permission `service_token.create`.
         */
        get: operations["getServiceTokenOf"];
        put?: never;
        /**
         * Issue a long-lived token of a service account
         * @description Needs the permission `service_token.create`.
         */
        post: operations["createServiceTokenOf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorize/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description Needs the permission `session.end`.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorize/session_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Issue a token that a capture is bound to
         * @description Needs the permission `capture_token.create`.
         */
        get: operations["createCaptureToken"];
        put?: never;
        /**
         * Draw a capture, and issue the token that it is bound to
         * @description Needs the permission `capture_token.create`.
         */
        post: operations["drawCapture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/capture_limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a capture must show to be judged, for the caller's company
         * @description Needs the permission `company.read`.
         */
        get: operations["readCaptureLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/captures/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an address at which a person is captured once, with its QR code
         * @description Needs the permission `folder.create`.
         */
        post: operations["createCaptureLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/captures/links/{link_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whether such an address was used, and which folder came of it
         * @description Needs the permission `folder.read`.
         */
        get: operations["readCaptureLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List collections
         * @description Needs the permission `collection.read`.
         */
        get: operations["listCollections"];
        put?: never;
        /**
         * Create a collection of persons
         * @description Needs the permission `collection.create`.
         */
        post: operations["createCollection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a collection
         * @description Needs the permission `collection.read`.
         */
        get: operations["readCollection"];
        put?: never;
        post?: never;
        /**
         * Delete a collection with all persons
         * @description Needs the permission `collection.delete`.
         */
        delete: operations["deleteCollection"];
        options?: never;
        head?: never;
        /**
         * Change alias or metadata of a collection
         * @description Needs the permission `collection.update`.
         */
        patch: operations["changeCollection"];
        trace?: never;
    };
    "/api/collections/{collection_id}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the imports of a collection
         * @description Needs the permission `person.read`.
         */
        get: operations["listImports"];
        put?: never;
        /**
         * Import many photos, an archive of them and a list, in the background
         * @description Needs the permission `person.create`.
         */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far an import is
         * @description Needs the permission `person.read`.
         */
        get: operations["readImport"];
        put?: never;
        post?: never;
        /**
         * End an import and forget it; who was enrolled stays
         * @description Needs the permission `person.create`.
         */
        delete: operations["deleteImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/imports/{import_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what has become of the files of an import, and why some were refused
         * @description Needs the permission `person.read`.
         */
        get: operations["listImportFiles"];
        put?: never;
        /**
         * Add photos and archives to an import; what has come before is left as it is
         * @description Needs the permission `person.create`.
         */
        post: operations["addImportFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/imports/{import_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enrol whom a dry run found ready
         * @description Needs the permission `person.create`.
         */
        post: operations["startImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/meta_data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metadata of an object
         * @description Needs the permission `collection.read`.
         */
        get: operations["readCollectionMeta"];
        put?: never;
        /**
         * Replace the metadata of an object
         * @description Needs the permission `collection.update`.
         */
        post: operations["replaceCollectionMeta"];
        /**
         * Clear the metadata of an object
         * @description Needs the permission `collection.update`.
         */
        delete: operations["clearCollectionMeta"];
        options?: never;
        head?: never;
        /**
         * Merge into the metadata of an object; null removes a key
         * @description Needs the permission `collection.update`.
         */
        patch: operations["mergeCollectionMeta"];
        trace?: never;
    };
    "/api/collections/{collection_id}/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the persons of a collection
         * @description Needs the permission `person.read`.
         */
        get: operations["listPersons"];
        put?: never;
        /**
         * Enrol a person by photos
         * @description Needs the permission `person.create`.
         */
        post: operations["addPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/persons/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a person
         * @description Needs the permission `person.read`.
         */
        get: operations["readPerson"];
        put?: never;
        post?: never;
        /**
         * Delete a person with all images
         * @description Needs the permission `person.delete`.
         */
        delete: operations["deletePerson"];
        options?: never;
        head?: never;
        /**
         * Change metadata of a person
         * @description Needs the permission `person.update`.
         */
        patch: operations["changePerson"];
        trace?: never;
    };
    "/api/collections/{collection_id}/persons/{person_id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the images of a person
         * @description Needs the permission `person.read`.
         */
        get: operations["listPersonImages"];
        put?: never;
        /**
         * Add photos of a person
         * @description Needs the permission `person.create`.
         */
        post: operations["addPersonImages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/persons/{person_id}/images/{person_image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an image of a person
         * @description Needs the permission `person.delete`.
         */
        delete: operations["deletePersonImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/persons/{person_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the photos of another person to this one, who keeps their metadata; the other is gone
         * @description Needs the permission `person.update`.
         */
        post: operations["mergePersons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/persons/{person_id}/meta_data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metadata of an object
         * @description Needs the permission `person.read`.
         */
        get: operations["readPersonMeta"];
        put?: never;
        /**
         * Replace the metadata of an object
         * @description Needs the permission `person.update`.
         */
        post: operations["replacePersonMeta"];
        /**
         * Clear the metadata of an object
         * @description Needs the permission `person.update`.
         */
        delete: operations["clearPersonMeta"];
        options?: never;
        head?: never;
        /**
         * Merge into the metadata of an object; null removes a key
         * @description Needs the permission `person.update`.
         */
        patch: operations["mergePersonMeta"];
        trace?: never;
    };
    "/api/collections/{collection_id}/persons/{person_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a person to another collection of the same company
         * @description Needs the permission `person.update`.
         */
        post: operations["movePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/persons/{person_id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a merge within 30 days: answers the person who is there again
         * @description Needs the permission `person.update`.
         */
        post: operations["splitPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{collection_id}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search a collection by a photo of which nothing is kept
         * @description Needs the permission `person.search`.
         */
        post: operations["searchCollection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List companies
         * @description Needs the permission `company.read`.
         */
        get: operations["listCompanies"];
        put?: never;
        /**
         * Create a company
         * @description Needs the permission `company.create`.
         */
        post: operations["createCompany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a company
         * @description Needs the permission `company.read`.
         */
        get: operations["readCompany"];
        put?: never;
        post?: never;
        /**
         * Delete a company with all that belongs to it
         * @description Needs the permission `company.delete`.
         */
        delete: operations["deleteCompany"];
        options?: never;
        head?: never;
        /**
         * Change the name of a company, or how long it keeps media and results
         * @description Needs the permission `company.update`.
         */
        patch: operations["changeCompany"];
        trace?: never;
    };
    "/api/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings that clients may know */
        get: operations["readConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/event_sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what client applications have told
         * @description Needs the permission `settings.read`.
         */
        get: operations["listEventSessions"];
        put?: never;
        /**
         * Take what a client application tells about a capture
         * @description Needs the permission `event_session.create`.
         */
        post: operations["saveEventSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List folders
         * @description Needs the permission `folder.read`.
         */
        get: operations["listFolders"];
        put?: never;
        /**
         * Create a folder with or without media; with analyses it answers with their results
         * @description Needs the permission `folder.create`.
         */
        post: operations["createFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folders/{folder_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a folder
         * @description Needs the permission `folder.read`.
         */
        get: operations["readFolder"];
        put?: never;
        post?: never;
        /**
         * Delete a folder with its media and analyses
         * @description Needs the permission `folder.delete`.
         */
        delete: operations["deleteFolder"];
        options?: never;
        head?: never;
        /**
         * Change metadata, webhook or legal hold of a folder, or decide on it as operator
         * @description Needs the permission `folder.update or analysis.decide`.
         */
        patch: operations["changeFolder"];
        trace?: never;
    };
    "/api/folders/{folder_id}/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the analyses of a folder
         * @description Needs the permission `analysis.read`.
         */
        get: operations["listFolderAnalyses"];
        put?: never;
        /**
         * Order analyses on a folder
         * @description Needs the permission `analysis.order`.
         */
        post: operations["orderAnalyses"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Start analyses on a folder, liveness and face matching where it names none (2018)
         * @description Needs the permission `analysis.order`.
         */
        patch: operations["startAnalyses"];
        trace?: never;
    };
    "/api/folders/{folder_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what the page told of the capture that made a folder
         * @description Needs the permission `folder.read`.
         */
        get: operations["listFolderEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folders/{folder_id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the images of a folder (2018)
         * @description Needs the permission `media.read`.
         */
        get: operations["listImages"];
        put?: never;
        /**
         * Add media to a folder (2018)
         * @description Needs the permission `media.create`.
         */
        post: operations["addImages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folders/{folder_id}/images/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an image of a folder (2018)
         * @description Needs the permission `media.read`.
         */
        get: operations["readImage"];
        put?: never;
        post?: never;
        /**
         * Delete an image of a folder (2018)
         * @description Needs the permission `media.delete`.
         */
        delete: operations["deleteImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folders/{folder_id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the media of a folder
         * @description Needs the permission `media.read`.
         */
        get: operations["listFolderMedia"];
        put?: never;
        /**
         * Add media to a folder
         * @description Needs the permission `media.create`.
         */
        post: operations["addMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folders/{folder_id}/meta_data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metadata of an object
         * @description Needs the permission `folder.read`.
         */
        get: operations["readFolderMeta"];
        put?: never;
        /**
         * Replace the metadata of an object
         * @description Needs the permission `folder.update`.
         */
        post: operations["replaceFolderMeta"];
        /**
         * Clear the metadata of an object
         * @description Needs the permission `folder.update`.
         */
        delete: operations["clearFolderMeta"];
        options?: never;
        head?: never;
        /**
         * Merge into the metadata of an object; null removes a key
         * @description Needs the permission `folder.update`.
         */
        patch: operations["mergeFolderMeta"];
        trace?: never;
    };
    "/api/folders/{folder_id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the reports of a folder
         * @description Needs the permission `report.read`.
         */
        get: operations["listReports"];
        put?: never;
        /**
         * Make a report of a folder (PDF)
         * @description Needs the permission `report.create`.
         */
        post: operations["makeReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/folders/{folder_id}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhook deliveries of a folder with their attempts
         * @description Needs the permission `webhook.read`.
         */
        get: operations["listFolderDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instant/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Judge media at once and keep nothing of them
         * @description Needs the permission `folder.create`.
         */
        post: operations["judgeFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/{media_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a media
         * @description Needs the permission `media.read`.
         */
        get: operations["readMedia"];
        put?: never;
        post?: never;
        /**
         * Delete a media; analyses of it keep their results
         * @description Needs the permission `media.delete`.
         */
        delete: operations["deleteMedia"];
        options?: never;
        head?: never;
        /**
         * Replace the tags of a media
         * @description Needs the permission `media.update`.
         */
        patch: operations["changeMedia"];
        trace?: never;
    };
    "/api/media/{media_id}/meta_data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metadata of an object
         * @description Needs the permission `media.read`.
         */
        get: operations["readMediaMeta"];
        put?: never;
        /**
         * Replace the metadata of an object
         * @description Needs the permission `media.update`.
         */
        post: operations["replaceMediaMeta"];
        /**
         * Clear the metadata of an object
         * @description Needs the permission `media.update`.
         */
        delete: operations["clearMediaMeta"];
        options?: never;
        head?: never;
        /**
         * Merge into the metadata of an object; null removes a key
         * @description Needs the permission `media.update`.
         */
        patch: operations["mergeMediaMeta"];
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description for machines */
        get: operations["readOpenAPI"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report_templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List templates of reports
         * @description Needs the permission `report_template.read`.
         */
        get: operations["listReportTemplates"];
        put?: never;
        /**
         * Create a template of reports
         * @description Needs the permission `report_template.create`.
         */
        post: operations["createReportTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report_templates/{report_template_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a template of reports
         * @description Needs the permission `report_template.read`.
         */
        get: operations["readReportTemplate"];
        put?: never;
        post?: never;
        /**
         * Delete a template of reports
         * @description Needs the permission `report_template.delete`.
         */
        delete: operations["deleteReportTemplate"];
        options?: never;
        head?: never;
        /**
         * Change a template of reports
         * @description Needs the permission `report_template.update`.
         */
        patch: operations["changeReportTemplate"];
        trace?: never;
    };
    "/api/report_templates/{report_template_id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the pictures of a template of reports
         * @description Needs the permission `report_template.read`.
         */
        get: operations["listReportAttachments"];
        put?: never;
        /**
         * Add pictures to a template of reports
         * @description Needs the permission `report_template.create`.
         */
        post: operations["addReportAttachments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report_templates/{report_template_id}/attachments/{attachment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read about a picture of a template of reports
         * @description Needs the permission `report_template.read`.
         */
        get: operations["readReportAttachment"];
        put?: never;
        post?: never;
        /**
         * Delete a picture of a template of reports
         * @description Needs the permission `report_template.delete`.
         */
        delete: operations["deleteReportAttachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read about a report
         * @description Needs the permission `report.read`.
         */
        get: operations["readReport"];
        put?: never;
        post?: never;
        /**
         * Delete a report
         * @description Needs the permission `report.delete`.
         */
        delete: operations["deleteReport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{report_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a report
         * @description Needs the permission `report.read`.
         */
        get: operations["downloadReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sdk_settings/{device_model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings of a phone by its model; there are none */
        get: operations["readSDKSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistic/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count folders by verdict, company and day, and analyses by type, in a window of time
         * @description Needs the permission `statistics.read`.
         */
        get: operations["countFolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Needs the permission `user.read`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Needs the permission `user.create`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a user
         * @description Needs the permission `user.read`.
         */
        get: operations["readUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user; their folders stay
         * @description Needs the permission `user.delete`.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change a user, or their password
         * @description Needs the permission `user.update`.
         */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/users/{user_id}/meta_data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metadata of an object
         * @description Needs the permission `user.read`.
         */
        get: operations["readUserMeta"];
        put?: never;
        /**
         * Replace the metadata of an object
         * @description Needs the permission `user.update`.
         */
        post: operations["replaceUserMeta"];
        /**
         * Clear the metadata of an object
         * @description Needs the permission `user.update`.
         */
        delete: operations["clearUserMeta"];
        options?: never;
        head?: never;
        /**
         * Merge into the metadata of an object; null removes a key
         * @description Needs the permission `user.update`.
         */
        patch: operations["mergeUserMeta"];
        trace?: never;
    };
    "/api/users/{user_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sign-ins and service tokens of a user
         * @description Needs the permission `session.read`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End all sign-ins and service tokens of a user but that of this call
         * @description Needs the permission `session.revoke`.
         */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one sign-in or service token of a user
         * @description Needs the permission `session.revoke`.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version of the server */
        get: operations["readVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook_deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook deliveries
         * @description Needs the permission `webhook.read`.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook_deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook delivery with its attempts
         * @description Needs the permission `webhook.read`.
         */
        get: operations["readDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook_deliveries/{delivery_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver a webhook again
         * @description Needs the permission `webhook.replay`.
         */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook_secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhook secrets of a company
         * @description Needs the permission `webhook_secret.read`.
         */
        get: operations["listWebhookSecrets"];
        put?: never;
        /**
         * Make a webhook secret, which is shown this once
         * @description Needs the permission `webhook_secret.create`.
         */
        post: operations["createWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook_secrets/{secret_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a webhook secret
         * @description Needs the permission `webhook_secret.delete`.
         */
        delete: operations["deleteWebhookSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description as a page */
        get: operations["readReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell that the server is alive */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/static/{key}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file by its link */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face/liveness/detect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell whether a picture shows a living person
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        post: operations["liteDetect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face/liveness/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the service works
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        get: operations["liteLivenessHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face/pattern/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare two templates
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        post: operations["liteCompare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face/pattern/extract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a template of the only face in a picture
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        post: operations["liteExtract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face/pattern/extract_and_compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare two pictures
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        post: operations["liteExtractAndCompare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face/pattern/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the service works
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        get: operations["litePatternHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face/pattern/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare a template with a picture
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        post: operations["liteVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/liveness/detect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell whether a picture shows a living person
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        post: operations["liteSiblingDetect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/liveness/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the service works
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        get: operations["liteSiblingHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Version of the server and its models
         * @description Needs the key of Oz API Lite where the server was given one.
         */
        get: operations["liteVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One analysis. The identifier and the resolution are there twice, under the old name and the new one. */
        Analysis: components["schemas"]["QualityAnalysis"] | components["schemas"]["BiometryAnalysis"] | components["schemas"]["CollectionAnalysis"] | components["schemas"]["DocumentsAnalysis"];
        /** @description Decides on an analysis as operator. */
        AnalysisDecisionIn: {
            /** @description Null takes the decision back. */
            resolution_operator?: components["schemas"]["Decision"] | null;
            /**
             * @description Why.
             * @example Checked by telephone
             */
            operator_comment?: string | null;
        };
        /** @description What stands behind an analysis. All but the operator's part is there once it has finished. */
        AnalysisNotes: {
            /** @description What the system found, where an operator decided. */
            system_resolution?: components["schemas"]["Status"];
            /** @description Of the operator's decision. */
            operator_comment?: string;
            /** @description What became of it, in a word; of what the system found. */
            class?: components["schemas"]["Class"];
            /**
             * Format: int64
             * @description Of the list of codes.
             */
            reasons_version?: number;
            /** @description What led to a verdict other than SUCCESS. */
            reasons?: components["schemas"]["Reason"][];
            /** @description That made the numbers. */
            models?: components["schemas"]["ModelRef"][];
            /** @description Uncalibrated scores, measures and hints. */
            measurements?: components["schemas"]["Measurement"][];
            /** @description QUALITY: the operating point that 0.5 stands for. */
            profile?: components["schemas"]["Profile"];
            /**
             * Format: int64
             * @description Milliseconds of work.
             */
            took_ms?: number;
        };
        /** @description The envelope of lists, in the order of the vendor's framework. */
        AnalysisPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page; -1: all.
             */
            limit: number;
            /**
             * Format: int64
             * @description Null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Analysis"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /**
         * @description A kind of analysis, upper case as on the wire.
         *     - `QUALITY`: liveness, with best shot
         *     - `BIOMETRY`: one-to-one comparison
         *     - `COLLECTION`: one-to-many search
         *     - `DOCUMENTS`: text fields
         * @enum {string}
         */
        AnalysisType: "QUALITY" | "BIOMETRY" | "COLLECTION" | "DOCUMENTS";
        /** @description A picture of a template of reports. */
        Attachment: {
            /**
             * Format: int64
             * @description When it was added. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: uuid
             * @description Of the picture.
             */
            attachment_id: string;
            /**
             * Format: uuid
             * @description Of the template that it belongs to.
             */
            report_template_id: string;
            /**
             * Format: uuid
             * @description Of the template; null: none.
             */
            company_id: string | null;
            /** @description Name of the file as it was sent. */
            original_name: string;
            /**
             * Format: uri
             * @description Address of the file, open without a token.
             */
            original_url: string | null;
            /**
             * Format: uri
             * @description Address of the picture as reports show it.
             */
            thumb_url: string | null;
            /**
             * Format: int64
             * @description Of the file in bytes.
             */
            size: number;
        };
        /** @description One attempt of a delivery. */
        Attempt: {
            /**
             * Format: int64
             * @description From 1.
             */
            number: number;
            /**
             * Format: int64
             * @description When it began. Seconds since 1970.
             */
            time_started: number;
            /**
             * Format: int64
             * @description Milliseconds that it took.
             */
            took_ms: number;
            /**
             * Format: int64
             * @description Of the answer; null where there was none.
             */
            http_status: number | null;
            /** @description Class of the failure; null where it was acknowledged. */
            failure: string | null;
        };
        /** @description One entry of the audit log. */
        Audit: {
            /**
             * Format: int64
             * @description When it happened. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Number of the entry, without gaps.
             */
            seq: number;
            /**
             * Format: uuid
             * @description Null: the server itself, or nobody known.
             */
            actor_id: string | null;
            /** @description What the actor was permitted to do, such as folder.delete. */
            via: string;
            /** @description What was done. */
            action: components["schemas"]["AuditAction"];
            /** @description Kind of the object, such as folder. */
            object: string;
            /** @description Of the object, where it has one. */
            object_id: string | null;
            /**
             * Format: uuid
             * @description That the object belongs to, if any.
             */
            company_id: string | null;
            /** @description Names of what was updated, separated by blanks; some with =value. */
            changed: string;
            /** @description Hash of the entry before, empty for the first. */
            previous: string;
            /** @description Of this entry: SHA-256 in hexadecimal. */
            hash: string;
        };
        /**
         * @description Actions of audit entries.
         *     - `refuse`: a sign-in
         *     - `read`: a file with a face, where the company wants that noted; a collection, by a photo
         *     - `restore`: of what notes changes, which somebody had dropped, altered or added
         * @enum {string}
         */
        AuditAction: "create" | "update" | "delete" | "refuse" | "read" | "restore";
        /** @description The envelope of lists, in the order of the vendor's framework. */
        AuditPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page; -1: all.
             */
            limit: number;
            /**
             * Format: int64
             * @description Null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Audit"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description An analysis of type BIOMETRY. */
        BiometryAnalysis: {
            /**
             * Format: int64
             * @description When it was ordered. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description The identifier under its old name.
             */
            analyse_id: string;
            /**
             * Format: uuid
             * @description The same identifier.
             */
            analysis_id: string;
            /**
             * Format: uuid
             * @description Of the folder that it belongs to.
             */
            folder_id: string;
            /**
             * Format: int64
             * @description Of that folder. Seconds since 1970.
             */
            folder_time_created: number;
            /**
             * Format: uuid
             * @description Null: the folder belongs to no company.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description The same for all analyses that were ordered in one request.
             */
            group_id: string;
            /**
             * @description What is asked. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "BIOMETRY";
            /** @description PROCESSING, FINISHED or FAILED. */
            state: components["schemas"]["Status"];
            /** @description The state until it has finished, then the verdict: SUCCESS, DECLINED or OPERATOR_REQUIRED; an operator's decision stands over the system's. */
            resolution: components["schemas"]["Status"];
            /** @description The same as resolution. */
            resolution_status: components["schemas"]["Status"];
            /** @description What an operator decided: SUCCESS, DECLINED or null. */
            resolution_operator: components["schemas"]["Decision"] | null;
            /**
             * Format: uuid
             * @description Ours: of the user who decided; null: nobody did, or that is not known.
             */
            operator_id: string | null;
            /**
             * Format: int64
             * @description Ours: when they decided; null likewise. Seconds since 1970.
             */
            operator_time: number | null;
            /** @description The deciding numbers, of a shape that goes with type; its keys are the same from the order to the end. */
            results_data: components["schemas"]["Similarity"];
            /** @description What was found out about each media; empty until it has ended. */
            results_media: components["schemas"]["BiometryResultMedia"][];
            /** @description The media that are analysed, in the order of the folder. */
            source_media: components["schemas"]["Media"][];
            /** @description The settings in force. */
            confs: components["schemas"]["Confs"];
            /** @description Searched of COLLECTION, else null. */
            collection: components["schemas"]["Searched"] | null;
            /** @description Why it FAILED, else null. */
            error_code: components["schemas"]["ErrorCode"] | null;
            /** @description The same for people, else null. */
            error_message: string | null;
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description Why, by which models, and the measurements behind it. */
            technical_meta_data: components["schemas"]["AnalysisNotes"];
        };
        /** @description What an analysis says about one of its media. Of the three source ids the one of its kind is set. */
        BiometryResultMedia: {
            /**
             * Format: uuid
             * @description Always null.
             */
            analysis_media_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a video.
             */
            source_video_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a frame sequence.
             */
            source_shots_set_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a picture.
             */
            source_image_id: string | null;
            /**
             * Format: uuid
             * @description Of the media.
             */
            media_id: string;
            /** @description Of the media. */
            media_type: components["schemas"]["MediaType"];
            /** @description Of the media. */
            tags: string[];
            /** @description Its numbers, of a shape that goes with the type of the analysis. */
            results_data: components["schemas"]["Similarity"];
            /** @description Pictures that were made of it: the best shot. */
            output_images: components["schemas"]["OutputImage"][];
            /**
             * Format: uuid
             * @description Of the most similar person that a search found, else null.
             */
            person_id: string | null;
            /** @description Persons that a search found, the most similar first. */
            collection_persons: components["schemas"]["Match"][];
        };
        /** @description How the page of a link looks. */
        BrandIn: {
            /**
             * @description Of buttons.
             * @example #1f5fbf
             */
            color?: string | null;
            /** @description Picture as a data URL, up to 64 KiB. */
            logo?: string | null;
            /**
             * @description Of who asks.
             * @example Bank
             */
            name?: string | null;
        };
        /** @description The settings of a camera. */
        CameraNotes: {
            /**
             * Format: double
             * @description Pixels.
             */
            width: number;
            /**
             * Format: double
             * @description Pixels.
             */
            height: number;
            /**
             * Format: double
             * @description Frames per second.
             */
            frame_rate: number;
            /** @description User or environment. */
            facing: string;
        };
        /** @description Says what is to be drawn. All of it may be left out. */
        CaptureIn: {
            /**
             * Format: int64
             * @description Gestures that the server draws, at least one of them no turn to a side.
             */
            draw?: number | null;
            /**
             * @description Instead: that are demanded in this order, and photos such as photo_id_front.
             * @example [
             *       "video_selfie_smile"
             *     ]
             */
            actions?: string[] | null;
            /**
             * @description Types that are ordered whatever the container says; without it QUALITY, and what the container names.
             * @example [
             *       "QUALITY"
             *     ]
             */
            analyses?: components["schemas"]["OrderType"][] | null;
            /**
             * @description Whom the capture is of; kept as a keyed hash, to limit draws.
             * @example customer 4711
             */
            end_user_id?: string | null;
            /** @description A sequence of colours for the screen is drawn, too. */
            light?: boolean | null;
        };
        /** @description A sequence of colours. */
        CaptureLight: {
            /**
             * @description In their order.
             * @example [
             *       "#30c060"
             *     ]
             */
            colors: string[];
            /**
             * Format: int64
             * @description Milliseconds that each is shown.
             */
            symbol_ms: number;
        };
        /** @description Tell what a capture must show to be judged, so that a page can guide people to it before anything is sent. A company's bounds and the installation's are taken into account. Ours. */
        CaptureLimits: {
            /**
             * Format: uuid
             * @description Whose limits they are; null: the installation's.
             */
            company_id: string | null;
            /** @description Model set that judges, such as standard. */
            set: string;
            /** @description Of the capture gate, as they hold. */
            gate: components["schemas"]["GateLimits"];
            /** @description Measured error rates of stills by the largest share, the smallest first. */
            rates: components["schemas"]["GateRates"][];
        };
        /** @description An address at which a person is captured once. It is ours. */
        CaptureLink: {
            /**
             * Format: int64
             * @description When it was made. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: uuid
             * @description Of the link, the end of its address.
             */
            link_id: string;
            /**
             * Format: uri
             * @description To be opened by the person.
             */
            url: string;
            /**
             * Format: int64
             * @description Until when it can be used. Seconds since 1970.
             */
            expires_at: number;
            /** @description The address as a QR code, a PNG in a data URL; only when it is made. */
            qr?: string;
            /**
             * Format: int64
             * @description When a capture came by it; null: none did. Seconds since 1970.
             */
            used_at: number | null;
            /**
             * Format: uuid
             * @description That came of it; null: none yet.
             */
            folder_id: string | null;
        };
        /** @description Makes a hosted link. */
        CaptureLinkIn: {
            /**
             * @description That are captured, in this order; without them and draw those that the server is set to.
             * @example [
             *       "photo_id_front"
             *     ]
             */
            actions?: string[] | null;
            /**
             * Format: int64
             * @description Gestures that the server draws; then actions may name photos only.
             * @example 2
             */
            draw?: number | null;
            /** @description Metadata of the folder. */
            meta?: components["schemas"]["Metadata"] | null;
            /**
             * @description Of the page; without it the browser's.
             * @example ru
             */
            lang?: string | null;
            /** @description How the page looks. */
            brand?: components["schemas"]["BrandIn"] | null;
            /**
             * Format: int64
             * @description Seconds for which it can be opened: 86400.
             * @example 3600
             */
            expires_in?: number | null;
            /**
             * Format: uri
             * @description Address that is told of results.
             * @example https://bank.example/hook
             */
            resolution_endpoint?: string | null;
        };
        /** @description What the server noted about a drawn capture. All but the first three is what the client told. */
        CaptureNotes: {
            /**
             * Format: uuid
             * @description Jti of its token.
             */
            session_id: string;
            /**
             * Format: uuid
             * @description That it answers.
             */
            challenge_id: string;
            /** @description That were demanded. */
            actions: string[];
            /** @description Of the client. */
            plugin_version: string;
            /** @description Of the browser: chromium, gecko or webkit. */
            engine: string;
            /** @description Of the browser. */
            user_agent: string;
            /** @description That it was made with. */
            camera: components["schemas"]["CameraNotes"];
        };
        /** @description The public key of containers. */
        CaptureSealing: {
            /**
             * @description Name of the key, which goes into the header.
             * @example 0123456789abcdef
             */
            kid: string;
            /** @description Uncompressed point of P-256, 65 bytes. */
            public_key: string;
            /** @description Algorithms. */
            suite: components["schemas"]["CaptureSuite"];
        };
        /** @description Names the algorithms of HPKE by their numbers in RFC 9180. */
        CaptureSuite: {
            /**
             * Format: int64
             * @description DHKEM(P-256, HKDF-SHA256).
             * @example 16
             */
            kem: number;
            /**
             * Format: int64
             * @description HKDF-SHA256.
             * @example 1
             */
            kdf: number;
            /**
             * Format: int64
             * @description AES-256-GCM.
             * @example 2
             */
            aead: number;
        };
        /** @description A drawn capture: the token that one container is bound to, and what the capture has to be. The token alone is what the vendor's server answers. */
        CaptureToken: {
            /** @description JWT (ES384), good for ten minutes and one container. */
            session_token: string;
            /**
             * Format: int64
             * @description When it ends, seconds since 1970.
             */
            expires_at: number;
            /**
             * Format: uuid
             * @description Which the manifest of the container has to name.
             */
            challenge_id: string;
            /** @description That are demanded, in their order; empty: any. */
            actions: string[];
            /**
             * Format: int64
             * @description That one action may take.
             */
            action_seconds: number;
            /** @description What the container is sealed with. */
            container: components["schemas"]["CaptureSealing"];
            /** @description Colours that the screen has to show; null where none were drawn. */
            light: components["schemas"]["CaptureLight"] | null;
        };
        /** @description New credentials of a user. */
        ChangedCredentialsIn: {
            /**
             * @description One of a kind in the installation.
             * @example ada@bank.example
             */
            email?: string | null;
            /**
             * @description 8 characters to 1,024 bytes; a new one ends the other sessions of the user.
             * @example correct horse battery staple
             */
            password?: string | null;
            /**
             * @description The present password, which goes with a new e-mail or password of the caller's own.
             * @example correct horse battery staple
             */
            current_password?: string | null;
        };
        /**
         * @description Says in a word what became of an analysis or a folder, for those who sort cases: a picture that has to be taken again is not an attack, though both are DECLINED.
         *     - `try_again`: what was captured does not show what must be seen
         *     - `operator`: somebody has to look at it
         *     - `failed`: the machine could not judge it
         *     - `other_person`: the faces do not match
         *     - `listed`: the person is in the collection that was searched
         *     - `injection`: the capture did not come about as the server had asked for it
         *     - `attack`: it does not look like a living person before the camera
         * @enum {string}
         */
        Class: "accepted" | "try_again" | "operator" | "failed" | "other_person" | "listed" | "injection" | "attack";
        /** @description The part of the operating point that holds for media of several frames. */
        ClipProfile: {
            /**
             * Format: int64
             * @description Averaged, from which it holds.
             */
            frames: number;
            /**
             * Format: double
             * @description Live score that 0.5 stands for.
             */
            threshold: number;
            /** @description Error rates measured for it, by name. */
            rates: {
                [key: string]: number;
            };
        };
        /** @description A collection of persons. */
        Collection: {
            /**
             * Format: int64
             * @description When it was made. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the collection.
             */
            collection_id: string;
            /**
             * Format: uuid
             * @description That it belongs to; null: none.
             */
            company_id: string | null;
            /** @description Name for people, 1 to 255 characters. */
            alias: string;
            /** @description Never: no collection is searched for other companies. */
            is_global: boolean;
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description What the server noted. */
            technical_meta_data: components["schemas"]["Notes"];
            /** @description Ours: what searches in it may be expected to give; absent in lists and where it was made or changed. */
            search?: components["schemas"]["Outlook"];
        };
        /** @description An analysis of type COLLECTION. */
        CollectionAnalysis: {
            /**
             * Format: int64
             * @description When it was ordered. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description The identifier under its old name.
             */
            analyse_id: string;
            /**
             * Format: uuid
             * @description The same identifier.
             */
            analysis_id: string;
            /**
             * Format: uuid
             * @description Of the folder that it belongs to.
             */
            folder_id: string;
            /**
             * Format: int64
             * @description Of that folder. Seconds since 1970.
             */
            folder_time_created: number;
            /**
             * Format: uuid
             * @description Null: the folder belongs to no company.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description The same for all analyses that were ordered in one request.
             */
            group_id: string;
            /**
             * @description What is asked. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "COLLECTION";
            /** @description PROCESSING, FINISHED or FAILED. */
            state: components["schemas"]["Status"];
            /** @description The state until it has finished, then the verdict: SUCCESS, DECLINED or OPERATOR_REQUIRED; an operator's decision stands over the system's. */
            resolution: components["schemas"]["Status"];
            /** @description The same as resolution. */
            resolution_status: components["schemas"]["Status"];
            /** @description What an operator decided: SUCCESS, DECLINED or null. */
            resolution_operator: components["schemas"]["Decision"] | null;
            /**
             * Format: uuid
             * @description Ours: of the user who decided; null: nobody did, or that is not known.
             */
            operator_id: string | null;
            /**
             * Format: int64
             * @description Ours: when they decided; null likewise. Seconds since 1970.
             */
            operator_time: number | null;
            /** @description The deciding numbers, of a shape that goes with type; its keys are the same from the order to the end. */
            results_data: components["schemas"]["Similarity"];
            /** @description What was found out about each media; empty until it has ended. */
            results_media: components["schemas"]["CollectionResultMedia"][];
            /** @description The media that are analysed, in the order of the folder. */
            source_media: components["schemas"]["Media"][];
            /** @description The settings in force. */
            confs: components["schemas"]["Confs"];
            /** @description Searched of COLLECTION, else null. */
            collection: components["schemas"]["Searched"] | null;
            /** @description Why it FAILED, else null. */
            error_code: components["schemas"]["ErrorCode"] | null;
            /** @description The same for people, else null. */
            error_message: string | null;
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description Why, by which models, and the measurements behind it. */
            technical_meta_data: components["schemas"]["AnalysisNotes"];
        };
        /** @description Changes what of a collection is given. */
        CollectionChangeIn: {
            /**
             * @description Name for people.
             * @example wanted
             */
            alias?: string | null;
            /** @description Merged into what is there; null removes a key. */
            meta_data?: components["schemas"]["Metadata"] | null;
        };
        /** @description Makes a collection. */
        CollectionIn: {
            /**
             * @description Name for people.
             * @example blacklist
             */
            alias: string;
            /**
             * Format: uuid
             * @description That it belongs to; without it the caller's.
             */
            company_id?: string | null;
            /** @description Metadata of the client. */
            meta_data?: components["schemas"]["Metadata"] | null;
        };
        /** @description What an analysis says about one of its media. Of the three source ids the one of its kind is set. */
        CollectionResultMedia: {
            /**
             * Format: uuid
             * @description Always null.
             */
            analysis_media_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a video.
             */
            source_video_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a frame sequence.
             */
            source_shots_set_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a picture.
             */
            source_image_id: string | null;
            /**
             * Format: uuid
             * @description Of the media.
             */
            media_id: string;
            /** @description Of the media. */
            media_type: components["schemas"]["MediaType"];
            /** @description Of the media. */
            tags: string[];
            /** @description Its numbers, of a shape that goes with the type of the analysis. */
            results_data: components["schemas"]["Confidence"];
            /** @description Pictures that were made of it: the best shot. */
            output_images: components["schemas"]["OutputImage"][];
            /**
             * Format: uuid
             * @description Of the most similar person that a search found, else null.
             */
            person_id: string | null;
            /** @description Persons that a search found, the most similar first. */
            collection_persons: components["schemas"]["Match"][];
        };
        /** @description A company. */
        Company: {
            /**
             * Format: uuid
             * @description Of the company.
             */
            company_id: string;
            /** @description For people, 1 to 255 characters. */
            name: string;
            /** @description Closed; what belongs to it is being removed. */
            in_deletion: boolean;
            /** @description For how long things are kept, and what the server noted. */
            technical_meta_data: components["schemas"]["CompanyNotes"];
        };
        /** @description Changes what of a company is given; at least one field is needed. */
        CompanyChangeIn: {
            /**
             * @description For people.
             * @example Bank of Example
             */
            name?: string | null;
            /**
             * Format: int64
             * @description Days for which media are kept; null means for ever.
             * @example 30
             */
            keep_media_days?: number | null;
            /**
             * Format: int64
             * @description Days for which folders are kept; null means for ever.
             * @example 365
             */
            keep_result_days?: number | null;
            /** @description Ours: requests of its users with anything that nobody reads are answered 400 in place of a warning. */
            strict?: boolean | null;
            /** @description Ours: each reading of a file with a face, originals, thumbnails, best shots and reports, is noted in the audit log. */
            log_reads?: boolean | null;
            /** @description Ours: true: media must show the gestures that their tags name, whatever an order says; false: gestures are measured and do not count where an order does not ask for them; null means the installation's. */
            verify_gestures?: boolean | null;
            /**
             * Format: double
             * @description Orders of QUALITY may ask for no greater threshold_spoofing; null means the installation's, and nothing laxer is taken.
             * @example 0.5
             */
            max_threshold_spoofing?: number | null;
            /**
             * Format: double
             * @description Orders of BIOMETRY may ask for no smaller threshold_max; null means the installation's, and nothing laxer is taken.
             * @example 0.85
             */
            min_threshold_max?: number | null;
            /**
             * Format: double
             * @description Orders of COLLECTION may ask for no greater decision_threshold; null means the installation's, and nothing laxer is taken.
             * @example 0.85
             */
            max_decision_threshold?: number | null;
            /**
             * Format: double
             * @description Largest share of the frame of a still that a face may fill; null means the installation's, and nothing laxer is taken.
             * @example 0.5
             */
            max_face_share?: number | null;
            /**
             * Format: double
             * @description Pixels between the eyes at least; null means the installation's, and nothing laxer is taken.
             * @example 60
             */
            min_eye_distance?: number | null;
        };
        /** @description Makes a company. */
        CompanyIn: {
            /**
             * @description For people.
             * @example Bank of Example
             */
            name: string;
        };
        /** @description For how long a company keeps things, and what the server noted. */
        CompanyNotes: {
            /**
             * Format: int64
             * @description Days for which media are kept; absent: for ever.
             */
            keep_media_days?: number;
            /**
             * Format: int64
             * @description Days for which folders are kept; absent: for ever.
             */
            keep_result_days?: number;
            /** @description Requests with anything that nobody reads are refused; absent: they are warned of. */
            strict?: boolean;
            /** @description Readings of files with faces are noted in the audit log; absent: they are not. */
            log_reads?: boolean;
            /** @description True: media must show the gestures that their tags name, whatever an order says; false: only where an order asks for it; absent: the installation's. */
            verify_gestures?: boolean;
            /**
             * Format: double
             * @description Orders of QUALITY may ask for no greater threshold_spoofing; absent: the installation's.
             */
            max_threshold_spoofing?: number;
            /**
             * Format: double
             * @description Orders of BIOMETRY may ask for no smaller threshold_max; absent: the installation's.
             */
            min_threshold_max?: number;
            /**
             * Format: double
             * @description Orders of COLLECTION may ask for no greater decision_threshold; absent: the installation's.
             */
            max_decision_threshold?: number;
            /**
             * Format: double
             * @description Largest share of the frame of a still that a face may fill; absent: the installation's.
             */
            max_face_share?: number;
            /**
             * Format: double
             * @description Pixels between the eyes at least; absent: the installation's.
             */
            min_eye_distance?: number;
        };
        /** @description The envelope of lists, in the order of the vendor's framework. */
        CompanyPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page; -1: all.
             */
            limit: number;
            /**
             * Format: int64
             * @description Null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Company"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description Counts the folders of a company. */
        CompanyStatistics: {
            /**
             * Format: uuid
             * @description Null: folders of no company.
             */
            company_id: string | null;
            /**
             * Format: int64
             * @description Folders.
             */
            total_count: number;
            /** @description Folders by system_resolution. */
            by_resolution: components["schemas"]["Counts"];
            /** @description Folders by system_resolution_all. */
            by_resolution_all: components["schemas"]["Counts"];
        };
        /** @description The number of COLLECTION about one media: the similarity of the most similar person. */
        Confidence: {
            /**
             * Format: double
             * @description Similarity of the most similar person, from 0 to 1; null until it is known, and where the media could not be searched with.
             */
            confidence: number | null;
        };
        /** @description Holds the settings that clients may know. */
        Config: {
            /** @description Of the times in reports, such as Asia/Almaty. */
            timezone: string;
        };
        /** @description The settings in force: those that were ordered, and the thresholds by which the verdict was found. Which of them are there depends on the type. */
        Confs: {
            /** @description QUALITY: whether a best shot is made. */
            extract_best_shot?: boolean;
            /**
             * Format: double
             * @description QUALITY: from this score on it is an attack.
             */
            threshold_spoofing?: number;
            /**
             * Format: double
             * @description BIOMETRY: below it the faces do not match.
             */
            threshold_min?: number;
            /**
             * Format: double
             * @description BIOMETRY: from it on they match.
             */
            threshold_max?: number;
            /**
             * Format: double
             * @description COLLECTION: from it on a person is found.
             */
            decision_threshold?: number;
            /** @description COLLECTION: identifier of the collection that is searched; of other types as ordered. */
            collection_id?: string;
            /**
             * Format: int64
             * @description COLLECTION: how many persons are named at most.
             */
            decision_count?: number;
            /** @description QUALITY, ours: whether gestures that tags name are demanded; absent: the order did not say. */
            verify_gestures?: boolean;
            /**
             * Format: int64
             * @description As ordered; it changes nothing.
             */
            capabilities?: number;
        };
        /** @description Has a number for every word, in a fixed order. */
        Counts: {
            /**
             * Format: int64
             * @description How many passed.
             */
            SUCCESS: number;
            /**
             * Format: int64
             * @description How many wait for an operator.
             */
            OPERATOR_REQUIRED: number;
            /**
             * Format: int64
             * @description How many were declined.
             */
            DECLINED: number;
            /**
             * Format: int64
             * @description How many could not be judged.
             */
            FAILED: number;
            /**
             * Format: int64
             * @description How many are not yet finished.
             */
            PROCESSING: number;
            /**
             * Format: int64
             * @description How many have nothing ordered.
             */
            INITIAL: number;
        };
        /** @description E-mail and password of a user. */
        CredentialsIn: {
            /**
             * @description Of the user, in any case of letters.
             * @example admin@localhost
             */
            email: string;
            /**
             * @description Of the user.
             * @example correct horse battery staple
             */
            password: string;
        };
        /** @description Counts the folders of a day. */
        DayStatistics: {
            /** @description UTC. */
            day: string;
            /**
             * Format: int64
             * @description Folders.
             */
            total_count: number;
            /** @description Folders by system_resolution. */
            by_resolution: components["schemas"]["Counts"];
            /** @description Folders by system_resolution_all. */
            by_resolution_all: components["schemas"]["Counts"];
        };
        /**
         * @description What an operator decides.
         * @enum {string}
         */
        Decision: "SUCCESS" | "DECLINED";
        /** @description {}: old clients need a JSON body. */
        Deleted: Record<string, never>;
        /** @description A webhook delivery. attempts is there where one delivery, or those of one folder, are read. */
        Delivery: {
            /**
             * Format: int64
             * @description When it fell due. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the delivery, sent along as webhook-id.
             */
            delivery_id: string;
            /**
             * Format: uuid
             * @description Of the folder that is told about.
             */
            folder_id: string;
            /**
             * Format: uuid
             * @description Of the folder; null: none.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description Of the analyses that ended.
             */
            group_id: string;
            /** @description Where it goes. */
            resolution_endpoint: string;
            /** @description How far it is. */
            state: components["schemas"]["DeliveryState"];
            /**
             * Format: int64
             * @description Attempts begun so far.
             */
            attempt_count: number;
            /**
             * Format: int64
             * @description Of a PENDING one, else null. Seconds since 1970.
             */
            time_next_attempt: number | null;
            /** @description In order; there where one delivery, or those of one folder, are read. */
            attempts?: components["schemas"]["Attempt"][];
        };
        /** @description The envelope of lists, in the order of the vendor's framework. */
        DeliveryPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page; -1: all.
             */
            limit: number;
            /**
             * Format: int64
             * @description Null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Delivery"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /**
         * @description Says how far a webhook delivery is.
         *     - `PENDING`: not yet acknowledged, an attempt will follow
         *     - `DELIVERED`: acknowledged by the receiver
         *     - `GIVEN_UP`: no further attempt unless replayed
         * @enum {string}
         */
        DeliveryState: "PENDING" | "DELIVERED" | "GIVEN_UP";
        /** @description Holds the fields of DOCUMENTS. */
        Documents: {
            /** @description Fields of the document; none yet. */
            text_fields: components["schemas"]["TextField"][];
        };
        /** @description An analysis of type DOCUMENTS. */
        DocumentsAnalysis: {
            /**
             * Format: int64
             * @description When it was ordered. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description The identifier under its old name.
             */
            analyse_id: string;
            /**
             * Format: uuid
             * @description The same identifier.
             */
            analysis_id: string;
            /**
             * Format: uuid
             * @description Of the folder that it belongs to.
             */
            folder_id: string;
            /**
             * Format: int64
             * @description Of that folder. Seconds since 1970.
             */
            folder_time_created: number;
            /**
             * Format: uuid
             * @description Null: the folder belongs to no company.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description The same for all analyses that were ordered in one request.
             */
            group_id: string;
            /**
             * @description What is asked. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "DOCUMENTS";
            /** @description PROCESSING, FINISHED or FAILED. */
            state: components["schemas"]["Status"];
            /** @description The state until it has finished, then the verdict: SUCCESS, DECLINED or OPERATOR_REQUIRED; an operator's decision stands over the system's. */
            resolution: components["schemas"]["Status"];
            /** @description The same as resolution. */
            resolution_status: components["schemas"]["Status"];
            /** @description What an operator decided: SUCCESS, DECLINED or null. */
            resolution_operator: components["schemas"]["Decision"] | null;
            /**
             * Format: uuid
             * @description Ours: of the user who decided; null: nobody did, or that is not known.
             */
            operator_id: string | null;
            /**
             * Format: int64
             * @description Ours: when they decided; null likewise. Seconds since 1970.
             */
            operator_time: number | null;
            /** @description The deciding numbers, of a shape that goes with type; its keys are the same from the order to the end. */
            results_data: components["schemas"]["Documents"];
            /** @description What was found out about each media; empty until it has ended. */
            results_media: components["schemas"]["DocumentsResultMedia"][];
            /** @description The media that are analysed, in the order of the folder. */
            source_media: components["schemas"]["Media"][];
            /** @description The settings in force. */
            confs: components["schemas"]["Confs"];
            /** @description Searched of COLLECTION, else null. */
            collection: components["schemas"]["Searched"] | null;
            /** @description Why it FAILED, else null. */
            error_code: components["schemas"]["ErrorCode"] | null;
            /** @description The same for people, else null. */
            error_message: string | null;
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description Why, by which models, and the measurements behind it. */
            technical_meta_data: components["schemas"]["AnalysisNotes"];
        };
        /** @description What an analysis says about one of its media. Of the three source ids the one of its kind is set. */
        DocumentsResultMedia: {
            /**
             * Format: uuid
             * @description Always null.
             */
            analysis_media_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a video.
             */
            source_video_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a frame sequence.
             */
            source_shots_set_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a picture.
             */
            source_image_id: string | null;
            /**
             * Format: uuid
             * @description Of the media.
             */
            media_id: string;
            /** @description Of the media. */
            media_type: components["schemas"]["MediaType"];
            /** @description Of the media. */
            tags: string[];
            /** @description Its numbers, of a shape that goes with the type of the analysis. */
            results_data: components["schemas"]["Documents"];
            /** @description Pictures that were made of it: the best shot. */
            output_images: components["schemas"]["OutputImage"][];
            /**
             * Format: uuid
             * @description Of the most similar person that a search found, else null.
             */
            person_id: string | null;
            /** @description Persons that a search found, the most similar first. */
            collection_persons: components["schemas"]["Match"][];
        };
        /** @description The body of every error answer. error_details is what the vendor's server sends, details what its manual says; both are null or a string, since old clients break on an object. */
        Error: {
            /** @description Number of the error, see the guide. */
            error_code: components["schemas"]["ErrorCode"];
            /** @description For people, in English. */
            error_message: string;
            /** @description What can be done, where there is something to say. */
            error_details: string | null;
            /** @description The same as error_details. */
            details: string | null;
        };
        /**
         * @description The number of an error, as the guide lists them.
         *     - `0`: unforeseen fault of the server
         *     - `1`: the path exists, the method does not
         *     - `2`: known, but not available here
         *     - `3`: a required part is missing or has the wrong shape
         *     - `4`: a value is out of range or unreadable
         *     - `5`: a value is of the wrong type
         *     - `6`: no token
         *     - `7`: token or credentials wrong
         *     - `8`: token expired
         *     - `9`: the role does not permit it
         *     - `10`: no such object, or not yours to see
         *     - `11`: an external system, or a model, failed
         *     - `12`: the database failed
         *     - `13`: already there; an empty data container, or a session token that is missing, expired, used or another's
         *     - `14`: too large, or no room for one more; a data container that cannot be opened
         *     - `101`: too many requests, or a busy server: wait as Retry-After says
         * @enum {integer}
         */
        ErrorCode: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 101;
        /** @description One event session. */
        EventSession: {
            /**
             * Format: int64
             * @description When it was first sent. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description When it was last sent. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description As sent, or made by the server.
             */
            session_id: string;
            /**
             * Format: uuid
             * @description Of the user; null: none.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description Of the user who sent it.
             */
            user_id: string;
            /** @description As it was sent. */
            data: components["schemas"]["Metadata"];
        };
        /** @description The envelope of lists, in the order of the vendor's framework. */
        EventSessionPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page; -1: all.
             */
            limit: number;
            /**
             * Format: int64
             * @description Null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["EventSession"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description Describes a stored file; what is not known is null. */
        File: {
            /** @description Found from the bytes. */
            "mime-type": string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size: number;
            /** @description Of the content, in hexadecimal. */
            md5: string | null;
            /**
             * Format: int64
             * @description Pixels, upright.
             */
            width: number | null;
            /**
             * Format: int64
             * @description Pixels, upright.
             */
            height: number | null;
            /**
             * Format: double
             * @description Frames a second.
             */
            FPS: number | null;
            /**
             * Format: double
             * @description Seconds.
             */
            duration: number | null;
        };
        /** @description Describe the stored files of a media: image or video, and thumb. */
        Files: {
            /** @description Of a picture. */
            image?: components["schemas"]["File"];
            /** @description Of a video or a frame sequence. */
            video?: components["schemas"]["File"];
            /** @description Small JPEG, where there is one. */
            thumb?: components["schemas"]["File"];
        };
        /**
         * @description Finding kinds.
         *     - `liveness`: Score = calibrated live score of one media
         *     - `capture`: the capture-quality gate of one media
         *     - `similarity`: Score = calibrated similarity of two media
         * @enum {string}
         */
        FindingKind: "liveness" | "capture" | "similarity" | "search" | "gesture" | "injection";
        /** @description A folder. analyses, user and company are there when asked for. */
        Folder: {
            /**
             * Format: int64
             * @description When it was made. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the folder.
             */
            folder_id: string;
            /**
             * Format: uuid
             * @description Null: it belongs to no company.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description Of the user who made it; null: deleted since.
             */
            user_id: string | null;
            /** @description Webhook that is told of results. */
            resolution_endpoint: string | null;
            /** @description INITIAL (nothing ordered), PROCESSING, FAILED (at least one) or FINISHED. */
            resolution_status: components["schemas"]["Status"];
            /** @description Over the newest group of analyses, the worst wins. */
            system_resolution: components["schemas"]["Status"];
            /** @description Ours: the worst over the newest analyses of each type, and of each collection searched, of all groups. */
            system_resolution_all: components["schemas"]["Status"];
            /**
             * Format: int64
             * @description When the newest group of analyses ended; null before. Seconds since 1970.
             */
            resolution_time: number | null;
            /** @description Always []. */
            resolution_comment: string;
            /**
             * Format: uuid
             * @description Always null.
             */
            resolution_author_id: string | null;
            /** @description Always null. */
            resolution_state_hash: string | null;
            /** @description What an operator decided: SUCCESS, DECLINED or null. */
            operator_status: components["schemas"]["Decision"] | null;
            /** @description Of the operator. */
            operator_comment: string | null;
            /**
             * Format: uuid
             * @description Ours: of the user who decided; null: nobody did, or that is not known.
             */
            operator_id: string | null;
            /**
             * Format: int64
             * @description Ours: when they decided; null likewise. Seconds since 1970.
             */
            operator_time: number | null;
            /** @description Its media were deleted because they were too old to be kept. */
            is_cleared: boolean;
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description What the server noted. */
            technical_meta_data: components["schemas"]["FolderNotes"];
            /** @description Who made it; with with_user. */
            user?: components["schemas"]["User"];
            /** @description That it belongs to; with with_company. */
            company?: components["schemas"]["Company"];
            /** @description In the order of the upload. */
            media: components["schemas"]["Media"][];
            /** @description With with_analyses. */
            analyses?: components["schemas"]["Analysis"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description Changes what of a folder is given, or decides on it as operator. */
        FolderChangeIn: {
            /** @description Merged into what is there; null removes a key. */
            meta_data?: components["schemas"]["Metadata"] | null;
            /**
             * Format: uri
             * @description Address that is told of results; null takes it away.
             * @example https://bank.example/hook
             */
            resolution_endpoint?: string | null;
            /** @description Forbids deletion. */
            legal_hold?: boolean | null;
            /** @description Decision of an operator, who may change nothing else; null takes it back. */
            operator_status?: components["schemas"]["Decision"] | null;
            /**
             * @description Why the operator decided so.
             * @example Checked by telephone
             */
            operator_comment?: string | null;
        };
        /** @description The payload of an upload. */
        FolderIn: {
            /** @description Metadata of the folder. */
            "folder:meta_data"?: components["schemas"]["Metadata"] | null;
            /**
             * @description Tags by name of the part.
             * @example {
             *       "file": [
             *         "photo_selfie"
             *       ]
             *     }
             */
            "media:tags"?: {
                [key: string]: string[] | null;
            } | null;
            /**
             * @description Metadata by name of the part.
             * @example {
             *       "file": {
             *         "camera": "front"
             *       }
             *     }
             */
            "media:meta_data"?: {
                [key: string]: components["schemas"]["Metadata"] | null;
            } | null;
            /** @description Ordered at once; the answer waits for their results. */
            analyses?: components["schemas"]["OrderIn"][] | null;
            /**
             * Format: uri
             * @description Address that is told of results.
             * @example https://bank.example/hook
             */
            resolution_endpoint?: string | null;
        };
        /** @description What the server noted about a folder. */
        FolderNotes: {
            /** @description True: nothing of it can be deleted. */
            legal_hold?: boolean;
            /** @description Class is the worst class of the newest result of each type, where analyses are shown and have ended. */
            class?: components["schemas"]["Class"];
            /** @description Capture is the drawn capture that the folder was made of; absent: of none. */
            capture?: components["schemas"]["CaptureNotes"];
        };
        /** @description The envelope of lists, in the order of the vendor's framework. */
        FolderPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page; -1: all.
             */
            limit: number;
            /**
             * Format: int64
             * @description Null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Folder"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description The limits of the capture gate that somebody before a camera can do something about. */
        GateLimits: {
            /**
             * Format: double
             * @description Pixels between the eyes, at least.
             */
            min_eye_distance_px: number;
            /**
             * Format: double
             * @description Pixels of the face's width, at least.
             */
            min_face_width_px: number;
            /**
             * Format: double
             * @description Pixels of the frame's shorter side, at least.
             */
            min_frame_side_px: number;
            /**
             * Format: double
             * @description Of a still's width and height that a face may fill, 0 to 1.
             */
            max_face_share: number;
            /**
             * Format: double
             * @description The same of clips of min_frames frames or more.
             */
            max_clip_face_share: number;
            /**
             * Format: double
             * @description Degrees by which a head may be turned to a side.
             */
            max_yaw_deg: number;
            /**
             * Format: double
             * @description Degrees by which it may look up or down.
             */
            max_pitch_deg: number;
            /**
             * Format: double
             * @description Degrees by which it may be tilted.
             */
            max_roll_deg: number;
            /**
             * Format: double
             * @description Mean luma of the face, 0 to 1.
             */
            min_brightness: number;
            /**
             * Format: double
             * @description The same, at most.
             */
            max_brightness: number;
            /**
             * Format: int64
             * @description Usable frames of a clip, at least.
             */
            min_frames: number;
        };
        /** @description The error rates of stills at the default operating point, measured behind a gate with some largest share. */
        GateRates: {
            /**
             * Format: double
             * @description Of width and height, 0 to 1.
             */
            max_face_share: number;
            /** @description This is the row of the limit that holds, or of the next larger one that was measured. */
            in_force: boolean;
            /** @description 0 to 1: bpnrr (genuine stills that are not answered), bpcer (genuine ones declined of those answered), apcer_ and an attack species (attacks accepted of those answered). */
            rates: {
                [key: string]: number;
            };
            /** @description What they were measured on. */
            data: string;
        };
        /** @description What became of the gesture that the tags of a media name. Changes are against the person's own calm face at the beginning; numbers are null that were not measured, which are all that come after the calm face where there was none. The limits stand in docs/build/gestures.md. */
        Gesture: {
            /** @description Tag of the gesture: video_selfie_left, right, high, down, smile, eyes, scan, zoom_in or zoom_out. */
            action: string;
            /** @description It was shown, in time and by the same person. */
            verified: boolean;
            /** @description Why it was not, or gesture_unverified where that cannot be told; null where it was. */
            reason: components["schemas"]["ReasonCode"] | null;
            /**
             * Format: int64
             * @description That were looked at, of the first 15 seconds.
             */
            frames: number;
            /**
             * Format: double
             * @description Of these frames; at least 10 are needed.
             */
            fps: number | null;
            /**
             * Format: double
             * @description Share of them in which the face was followed, from 0 to 1.
             */
            seen_share: number | null;
            /**
             * Format: double
             * @description When the calm face begins, milliseconds from the first frame.
             */
            baseline_from_ms: number | null;
            /**
             * Format: double
             * @description Its yaw in degrees, positive towards the person's left.
             */
            baseline_yaw_deg: number | null;
            /**
             * Format: double
             * @description Its pitch in degrees, positive when looking up.
             */
            baseline_pitch_deg: number | null;
            /**
             * Format: double
             * @description Distance of the outer corners of its eyes, in pixels of a picture of at most 640.
             */
            baseline_eye_distance_px: number | null;
            /**
             * Format: double
             * @description How far the person holds the eyes open: distance of the lids by that of the corners; of gestures of the eyes.
             */
            baseline_eyes_open: number | null;
            /**
             * Format: double
             * @description Furthest turn to the person's left, degrees of yaw.
             */
            left_deg: number | null;
            /**
             * Format: double
             * @description Furthest turn to their right, degrees of yaw, negative.
             */
            right_deg: number | null;
            /**
             * Format: double
             * @description Furthest the head was raised, degrees of pitch.
             */
            up_deg: number | null;
            /**
             * Format: double
             * @description Furthest it was lowered, degrees of pitch, negative.
             */
            down_deg: number | null;
            /**
             * Format: double
             * @description Widest mouth by that of the calm face.
             */
            mouth_width_ratio: number | null;
            /**
             * Format: double
             * @description Highest rise of its corners, by the distance of the eyes.
             */
            mouth_lift: number | null;
            /**
             * Format: double
             * @description Least opening of the wider eye by the person's own; of gestures of the eyes.
             */
            eyes_open_least: number | null;
            /**
             * Format: double
             * @description Greatest distance of the eyes by that of the calm face: the face comes nearer.
             */
            eye_distance_ratio_most: number | null;
            /**
             * Format: double
             * @description Least distance of the eyes likewise.
             */
            eye_distance_ratio_least: number | null;
            /**
             * Format: double
             * @description Greatest distance of the eyes by the width of the face, by that of the calm face: perspective.
             */
            eye_share_ratio_most: number | null;
            /**
             * Format: double
             * @description Least of the same.
             */
            eye_share_ratio_least: number | null;
            /**
             * Format: double
             * @description Greatest distance of the eyes by that from between them to the mouth, by that of the calm face.
             */
            eye_spread_ratio_most: number | null;
            /**
             * Format: double
             * @description Least of the same.
             */
            eye_spread_ratio_least: number | null;
            /**
             * Format: double
             * @description Greatest of the same while the head is turned far enough, against a head in that pose: flat sheets have less.
             */
            turned_spread_most: number | null;
            /**
             * Format: double
             * @description Least of the same while the head is raised far enough: sheets that are bent or tilted have more.
             */
            raised_spread_least: number | null;
            /** @description Least and greatest place of the irises between the corners of the eyes, from the person's right; of gestures of the eyes. */
            gaze_across?: number[];
            /** @description Least and greatest place of the irises below the corners; of gestures of the eyes. */
            gaze_down?: number[];
            /** @description Opening of the wider eye in each frame, by the person's own; 0: not seen; of gestures of the eyes. */
            eyes_open?: number[];
            /**
             * Format: double
             * @description Middle of the gesture, milliseconds from the first frame; null where it was not shown.
             */
            shown_at_ms: number | null;
            /**
             * Format: double
             * @description Yaw in that frame when it is looked at by itself; of turns and tilts that were shown.
             */
            afresh_yaw_deg: number | null;
            /**
             * Format: double
             * @description Pitch likewise.
             */
            afresh_pitch_deg: number | null;
            /**
             * Format: double
             * @description How much of the shown face is the calm picture pulled into shape, 1: all of it; of turns, tilts and smiles that were shown.
             */
            redrawn_likeness: number | null;
            /**
             * Format: double
             * @description Of the templates of the calm face and of that in the middle of the gesture, from -1 to 1.
             */
            person_cosine: number | null;
        };
        /** @description Tells that the server is alive. */
        Health: {
            /** @description How it is. */
            status: components["schemas"]["HealthStatus"];
            /** @description Missing names what this machine lacks: video where ffmpeg is not installed, so that videos are refused. Ours. */
            missing?: string[];
            /** @description Problems are what keeps it from doing all of its work. Ours. */
            problems?: components["schemas"]["Problem"][];
        };
        /**
         * @description How the server is.
         *     - `ok`: it works
         *     - `degraded`: it answers, but not all that is asked for
         * @enum {string}
         */
        HealthStatus: "ok" | "degraded";
        /** @description One hint of a stream check with its weight. */
        Hint: {
            /** @description Of the hint. */
            code: components["schemas"]["ReasonCode"];
            /**
             * Format: double
             * @description Probability of an attack that it stands for by itself, from 0 to 1; 0 is told and does not count.
             */
            weight: number;
            /**
             * Format: uuid
             * @description Where a media that was sent before was first seen, in the same company; it may have been deleted since. Of reused_media and reused_copy alone.
             */
            folder_id?: string;
            /**
             * Format: uuid
             * @description In that folder.
             */
            media_id?: string;
        };
        /** @description A photo of a person. */
        Image: {
            /**
             * Format: int64
             * @description When it was added. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the photo.
             */
            person_image_id: string;
            /**
             * Format: uuid
             * @description Of the person.
             */
            person_id: string;
            /**
             * Format: uuid
             * @description Of the collection.
             */
            collection_id: string;
            /**
             * Format: uuid
             * @description Of the collection; null: none.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description The same as person_image_id.
             */
            media_id: string;
            /** @description Always IMAGE_COLLECTION. */
            media_type: components["schemas"]["MediaType"];
            /**
             * Format: uuid
             * @description The same as person_image_id.
             */
            image_id: string;
            /** @description Name of the file as it was sent. */
            original_name: string;
            /**
             * Format: uri
             * @description Address of the file, open without a token.
             */
            original_url: string | null;
            /**
             * Format: uri
             * @description Address of a small JPEG; null where there is none.
             */
            thumb_url: string | null;
            /** @description As sent. */
            tags: string[];
            /** @description The stored files, by image and thumb. */
            info: components["schemas"]["Files"];
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description With the model of the template, and the media that it was taken from. */
            technical_meta_data: components["schemas"]["ImageNotes"];
            /** @description Ours, of a photo that was just added: somebody else who is like the one on it; absent: nobody reaches the threshold, or not every photo of the collection could be compared. */
            near_duplicate?: components["schemas"]["NearDuplicate"];
        };
        /** @description What the server noted about a photo of a person. */
        ImageNotes: {
            /** @description That made the template of the face. */
            model: components["schemas"]["ModelRef"];
            /**
             * Format: uuid
             * @description Ours: that the photo was taken from; absent: it was sent.
             */
            media_id?: string;
            /**
             * Format: uuid
             * @description Of that media.
             */
            folder_id?: string;
            /**
             * Format: uuid
             * @description Whose best shot of that media it is; absent: the media itself was taken.
             */
            analyse_id?: string;
        };
        /** @description A page of persons or of their images: the envelope of lists, and total besides. */
        ImagePersonPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page.
             */
            limit: number;
            /**
             * Format: int64
             * @description Entries of all pages; null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Image"][];
            /**
             * Format: int64
             * @description The same as total_count.
             */
            total: number | null;
        };
        /** @description Takes many photos into a collection, in the background. */
        Import: {
            /**
             * Format: int64
             * @description When it was made. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description When files last came. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the import.
             */
            import_id: string;
            /**
             * Format: uuid
             * @description Of the collection.
             */
            collection_id: string;
            /**
             * Format: uuid
             * @description Of the collection; null: none.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description In whose name persons are enrolled.
             */
            user_id: string;
            /** @description Whether files wait. */
            state: components["schemas"]["ImportProgress"];
            /** @description Nobody is enrolled until it is started. */
            dry_run: boolean;
            /** @description Whoever is like another person of the collection is refused. */
            refuse_near_duplicates: boolean;
            /** @description A list names the files. */
            listed: boolean;
            /** @description How many there are of each state. */
            files: components["schemas"]["ImportCounts"];
            /**
             * Format: int64
             * @description Files of this request; absent: it brought none.
             */
            came?: number;
            /**
             * Format: int64
             * @description Of them that were not known by their names.
             */
            new?: number;
        };
        /** @description The files of an import. */
        ImportCounts: {
            /**
             * Format: int64
             * @description All of them.
             */
            total: number;
            /**
             * Format: int64
             * @description Named by the list, and have not come.
             */
            missing: number;
            /**
             * Format: int64
             * @description Are looked at soon.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Of a dry run: would be enrolled.
             */
            ready: number;
            /**
             * Format: int64
             * @description Are photos of persons.
             */
            enrolled: number;
            /**
             * Format: int64
             * @description For the reason that stands with each.
             */
            refused: number;
        };
        /** @description What has become of a file. */
        ImportFile: {
            /**
             * Format: int64
             * @description From 1, in the order of the list or of arrival.
             */
            number: number;
            /** @description Of the file; in an archive with its path. */
            name: string;
            /** @description What has become of it. */
            state: components["schemas"]["ImportFileState"];
            /** @description Code of why it was refused: one of the capture gate such as no_face, several_faces or face_turned, or duplicate, near_duplicate, damaged, not_a_photo, too_large, not_listed, unknown_person, company_full, failed; null: it was not. */
            reason: string | null;
            /** @description The same for people, in the language asked for where it is one of the gate. */
            message: string | null;
            /**
             * Format: uuid
             * @description Whose photo it is; null: of nobody.
             */
            person_id: string | null;
            /**
             * Format: uuid
             * @description The photo that came of it; null: none.
             */
            person_image_id: string | null;
            /** @description As in the list; null: none. */
            external_id: string | null;
            /** @description As in the list. */
            tags: string[];
            /** @description Somebody else of the collection who is like the one on it; null: nobody reached the threshold. */
            near_duplicate: components["schemas"]["NearPerson"] | null;
        };
        /** @description A page of persons or of their images: the envelope of lists, and total besides. */
        ImportFilePersonPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page.
             */
            limit: number;
            /**
             * Format: int64
             * @description Entries of all pages; null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["ImportFile"][];
            /**
             * Format: int64
             * @description The same as total_count.
             */
            total: number | null;
        };
        /**
         * @description What has become of a file.
         *     - `MISSING`: the list names it, and it has not come
         *     - `WAITING`: it is looked at soon
         *     - `READY`: of a dry run: it would be enrolled
         *     - `ENROLLED`: it is a photo of a person
         *     - `REFUSED`: for its reason
         * @enum {string}
         */
        ImportFileState: "MISSING" | "WAITING" | "READY" | "ENROLLED" | "REFUSED";
        /** @description The payload that comes with more files of an import. */
        ImportFilesIn: Record<string, never>;
        /** @description What comes with the first files of an import: photos, zip archives of photos, and at most one list, CSV in a part named list or in a file that ends in .csv, with the columns file, person_id or external_id, tags, and metadata. */
        ImportIn: {
            /** @description Nobody is enrolled until the import is started. */
            dry_run?: boolean | null;
            /** @description Whoever is like another person of the collection is refused. */
            refuse_near_duplicates?: boolean | null;
            /** @description Metadata of every new person, to which the list adds. */
            "person:meta_data"?: components["schemas"]["Metadata"] | null;
        };
        /** @description A page of persons or of their images: the envelope of lists, and total besides. */
        ImportPersonPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page.
             */
            limit: number;
            /**
             * Format: int64
             * @description Entries of all pages; null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Import"][];
            /**
             * Format: int64
             * @description The same as total_count.
             */
            total: number | null;
        };
        /**
         * @description Tells whether an import goes on.
         *     - `PROCESSING`: files wait
         *     - `FINISHED`: none does; more may come
         * @enum {string}
         */
        ImportProgress: "PROCESSING" | "FINISHED";
        /** @description What the server found about how a drawn capture came here. */
        Injection: {
            /**
             * Format: double
             * @description From 0 to 1, higher is better; decides nothing.
             */
            score: number;
            /** @description Behind it, those of weight 1 are reasons. */
            signals: components["schemas"]["InjectionSignal"][];
            /**
             * Format: double
             * @description How well the face follows the colours that the screen was drawn to show, from -1 to 1; null where none were, or the recording shows too few of them.
             */
            light_correlation: number | null;
        };
        /** @description One thing that was found. */
        InjectionSignal: {
            /**
             * @description A code of reasons, or a word about the camera.
             * @example canvas_track
             */
            code: string;
            /**
             * Format: double
             * @description From 0 to 1, 1 is decisive.
             */
            weight: number;
        };
        /** @description The payload of the instant call. */
        InstantIn: {
            /** @description Metadata of the folder. */
            "folder:meta_data"?: components["schemas"]["Metadata"] | null;
            /**
             * @description Tags by name of the part.
             * @example {
             *       "file": [
             *         "photo_selfie"
             *       ]
             *     }
             */
            "media:tags"?: {
                [key: string]: string[] | null;
            } | null;
            /**
             * @description Metadata by name of the part.
             * @example {
             *       "file": {
             *         "camera": "front"
             *       }
             *     }
             */
            "media:meta_data"?: {
                [key: string]: components["schemas"]["Metadata"] | null;
            } | null;
            /** @description None of type COLLECTION, which needs stored folders. */
            analyses: components["schemas"]["OrderIn"][];
        };
        /** @description What two faces have in common. */
        LiteComparison: {
            /**
             * Format: double
             * @description Similarity, from 0 to 1.
             */
            score: number;
            /** @description Approved, operator_required or declined. */
            decision: string;
        };
        /** @description An error, in the numbers of the service. */
        LiteError: {
            /** @description Such as BPE-001001. */
            code: string;
            /** @description For people, in English. */
            message: string;
        };
        /** @description Tells whether the service works: 0 that it does, 3 that it does not. */
        LiteHealth: {
            /**
             * Format: int64
             * @description 0 or 3.
             */
            status: number;
            /** @description For people. */
            message: string;
        };
        /** @description The answer of detect. Reasons say why there is no score; it is 0 then. */
        LiteLiveness: {
            /**
             * Format: double
             * @description From 0 to 1, higher is more like a living person.
             */
            score: number;
            /** @description The score reaches the threshold. */
            passed: boolean;
            /** @description Why there is no score. */
            reasons?: components["schemas"]["LiteReason"][];
        };
        /** @description Why there is no score. */
        LiteReason: {
            /** @description From the list of reasons. */
            code: string;
            /** @description For the capture subject. */
            advice: string;
        };
        /** @description Names the server and its models. */
        LiteVersion: {
            /** @description Of the server, such as 1.2.0. */
            core: string;
            /** @description Always n/a: there is no second service here. */
            tfss: string;
            /** @description That answer. */
            models: components["schemas"]["ModelRef"][];
        };
        /** @description A person whom a search found. */
        Match: {
            /**
             * Format: uuid
             * @description Of the person.
             */
            person_id: string;
            /**
             * Format: uuid
             * @description Of the collection that the person is in.
             */
            collection_id: string;
            /**
             * Format: double
             * @description From 0 to 1, calibrated for the size of the collection.
             */
            similarity: number;
        };
        /** @description What stands behind a result: the uncalibrated score and the measures of the capture. */
        Measurement: {
            /** @description What was measured. */
            kind: components["schemas"]["FindingKind"];
            /**
             * Format: uuid
             * @description Of the media; null of none.
             */
            media_id: string | null;
            /**
             * Format: uuid
             * @description Of the second media of a pair, else null.
             */
            other_media_id: string | null;
            /**
             * Format: double
             * @description The uncalibrated score: mean logit or cosine; null where there is none.
             */
            raw: number | null;
            /**
             * Format: int64
             * @description Frames that the score rests on.
             */
            frames: number;
            /** @description Numbers behind the finding, by name with unit. */
            measures: {
                [key: string]: number;
            };
            /** @description What the recording as a whole gives away. */
            hints: components["schemas"]["Hint"][];
        };
        /** @description One media. Of image_id, video_id and shots_set_id the one of its kind is set. */
        Media: {
            /**
             * Format: int64
             * @description When it came. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the media.
             */
            media_id: string;
            /** @description Photo, video or frame sequence, found from its bytes. */
            media_type: components["schemas"]["MediaType"];
            /** @description Name of the file as it was sent. */
            original_name: string;
            /**
             * Format: uri
             * @description Address of the file, open without a token; null where it is not stored.
             */
            original_url: string | null;
            /**
             * Format: uri
             * @description The same of everything that is no image, else null.
             */
            video_url: string | null;
            /**
             * Format: uri
             * @description Address of a small JPEG; null where there is none.
             */
            thumb_url: string | null;
            /**
             * Format: uri
             * @description Always null.
             */
            preview_url: string | null;
            /** @description What it shows, as sent. */
            tags: string[];
            /**
             * Format: uuid
             * @description Of the folder.
             */
            folder_id: string;
            /**
             * Format: int64
             * @description Of that folder. Seconds since 1970.
             */
            folder_time_created: number;
            /**
             * Format: uuid
             * @description Of the folder; null: none.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a picture.
             */
            image_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a video.
             */
            video_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a frame sequence.
             */
            shots_set_id: string | null;
            /** @description The stored files, by image or video, and thumb. */
            info: components["schemas"]["Files"];
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description What the server noted. */
            technical_meta_data: components["schemas"]["MediaNotes"];
        };
        /** @description Changes what of a media is given. */
        MediaChangeIn: {
            /**
             * @description In the place of those that are there; an empty list clears them.
             * @example [
             *       "photo_selfie"
             *     ]
             */
            tags?: string[] | null;
            /** @description Merged into what is there; null removes a key. */
            meta_data?: components["schemas"]["Metadata"] | null;
        };
        /** @description What the server noted about a media. */
        MediaNotes: {
            /** @description What was found about how it came with a drawn capture; absent: it came with none. */
            injection?: components["schemas"]["InjectionSignal"][];
            /** @description What the screen showed meanwhile; absent: nothing was drawn, or not shown. */
            light?: components["schemas"]["ShownLight"];
        };
        /**
         * @description Says what a file is and where it belongs.
         *     - `IMAGE_FOLDER`: photo of a folder
         *     - `VIDEO_FOLDER`: video of a folder
         *     - `SHOTS_SET_FOLDER`: zip of frames of a folder
         *     - `IMAGE_COLLECTION`: photo of a person in a collection
         *     - `IMAGE_RESULT_ANALYSIS_SINGLE`: best shot
         * @enum {string}
         */
        MediaType: "IMAGE_FOLDER" | "VIDEO_FOLDER" | "SHOTS_SET_FOLDER" | "IMAGE_COLLECTION" | "IMAGE_RESULT_ANALYSIS_SINGLE";
        /** @description Any JSON object, at most 1 MiB and 32 levels deep. It is kept as it is and means nothing to the server. */
        Metadata: {
            [key: string]: unknown;
        };
        /** @description Names the model that made a score or a template. */
        ModelRef: {
            /** @description Of its folder. */
            name: string;
            /** @description On its card. */
            version: string;
        };
        /** @description Names where a person is moved to. */
        MoveIn: {
            /**
             * Format: uuid
             * @description Of the same company.
             */
            collection_id: string;
        };
        /** @description A person of the same collection who is like somebody who was added. */
        NearDuplicate: {
            /**
             * Format: uuid
             * @description Who is most like the one on the photo.
             */
            person_id: string;
            /**
             * Format: double
             * @description From 0 to 1, calibrated for the size of the collection.
             */
            similarity: number;
            /**
             * Format: double
             * @description Similarity from which a person of the collection is found.
             */
            threshold: number;
        };
        /** @description A person of a collection with their similarity to somebody. */
        NearPerson: {
            /**
             * Format: uuid
             * @description Of the person.
             */
            person_id: string;
            /**
             * Format: double
             * @description From 0 to 1, calibrated for the size of the collection.
             */
            similarity: number;
            /** @description Whether it reaches the threshold. */
            found: boolean;
        };
        /** @description The credentials of a new user. */
        NewCredentialsIn: {
            /**
             * @description One of a kind in the installation.
             * @example ada@bank.example
             */
            email: string;
            /**
             * @description 8 characters to 1,024 bytes.
             * @example correct horse battery staple
             */
            password: string;
        };
        /** @description What the server noted about an object; mostly nothing. */
        Notes: Record<string, never>;
        /** @description Orders one analysis. */
        OrderIn: {
            /** @description What is asked. */
            type: components["schemas"]["OrderType"];
            /** @description Media ids or, in an upload, names of parts; without it all media that suit. */
            source_media?: string[] | null;
            /**
             * Format: uuid
             * @description COLLECTION: that is searched; without it the newest blacklist of the company.
             */
            collection_id?: string | null;
            /** @description Settings of its type; others are ignored. */
            params?: components["schemas"]["ParamsIn"] | null;
            /** @description Metadata of the analysis. */
            meta_data?: components["schemas"]["Metadata"] | null;
        };
        /**
         * @description QUALITY: Liveness of the person before the camera, with the best shot. BIOMETRY: Comparison of the faces of at least two media, each with each. COLLECTION: Search for the person among those of a collection. DOCUMENTS: Text fields of documents. Orders are taken and end as FAILED: it is not available yet.
         * @enum {string}
         */
        OrderType: "QUALITY" | "BIOMETRY" | "COLLECTION" | "DOCUMENTS";
        /** @description The body of an order of analyses. */
        OrdersIn: {
            /** @description One or more. */
            analyses: components["schemas"]["OrderIn"][];
            /**
             * Format: uri
             * @description Address that is told of results.
             * @example https://bank.example/hook
             */
            resolution_endpoint?: string | null;
        };
        /** @description Names another person of the same collection. */
        OtherPersonIn: {
            /**
             * Format: uuid
             * @description Of the other person.
             */
            other_person_id: string;
        };
        /** @description What searches in a collection may be expected to give. */
        Outlook: {
            /**
             * Format: int64
             * @description Photos of persons that each search is compared with.
             */
            references: number;
            /**
             * Format: double
             * @description Similarity from which a person is found where an order does not say.
             */
            decision_threshold: number;
            /**
             * Format: double
             * @description So many searches for people who are not in the collection name somebody once, by the false match rates of the model; null: none does, or it is not known.
             */
            one_false_alarm_in: number | null;
        };
        /** @description A picture that an analysis made: the best shot. One that is stored has an address, one that is not its content, base64 of a JPEG. */
        OutputImage: {
            /**
             * Format: uuid
             * @description Of the picture.
             */
            image_id: string;
            /**
             * Format: uuid
             * @description Of the media that it was made of.
             */
            media_id: string;
            /** @description Always IMAGE_RESULT_ANALYSIS_SINGLE. */
            media_type: components["schemas"]["MediaType"];
            /**
             * Format: uri
             * @description Address of the JPEG, open without a token; null where the picture is not stored.
             */
            original_url: string | null;
            /** @description The JPEG, base64, where the picture is not stored. */
            content?: string;
        };
        /** @description The parameters of all types of analyses. */
        ParamsIn: {
            /**
             * Format: uuid
             * @description COLLECTION: as beside the type, where older clients put it.
             */
            collection_id?: string | null;
            /** @description Of QUALITY: whether the answer names the picture that shows the face best; true where it is left out. */
            extract_best_shot?: boolean | null;
            /** @description Of QUALITY: confidence_spoofing from which a media is declined; 0.5 where it is left out. */
            threshold_spoofing?: number | null;
            /** @description Of QUALITY: whether a media whose tag names a gesture must show it; false: what it shows is measured and does not count; true, unless the company or the installation says otherwise where it is left out. */
            verify_gestures?: boolean | null;
            /** @description Of BIOMETRY: similarity below which a pair is declined; 0.85, and not above threshold_max where it is left out. */
            threshold_min?: number | null;
            /** @description Of BIOMETRY: similarity from which a pair passes; between the two an operator decides; 0.85, and not below threshold_min where it is left out. */
            threshold_max?: number | null;
            /** @description Of COLLECTION: similarity from which a person of the collection is found; 0.85 where it is left out. */
            decision_threshold?: number | null;
            /** @description Of COLLECTION: how many of the most similar persons are looked at, 100 at most; 10 where it is left out. */
            decision_count?: number | null;
            /** @description Of DOCUMENTS: what is read, as in the Oz API. */
            capabilities?: number | null;
        };
        /** @description A person of a collection. */
        Person: {
            /**
             * Format: int64
             * @description Of the enrolment. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the person.
             */
            person_id: string;
            /**
             * Format: uuid
             * @description Of the collection.
             */
            collection_id: string;
            /**
             * Format: uuid
             * @description Of the collection; null: none.
             */
            company_id: string | null;
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description What the server noted. */
            technical_meta_data: components["schemas"]["Notes"];
            /** @description Photos by which the person is found. */
            images: components["schemas"]["Image"][];
        };
        /** @description Changes a person. */
        PersonChangeIn: {
            /** @description Merged into what is there; null removes a key. */
            meta_data?: components["schemas"]["Metadata"] | null;
        };
        /** @description The payload that comes with photos of a person. */
        PersonIn: {
            /**
             * Format: uuid
             * @description Ours: in the place of files, a photo of a folder.
             */
            media_id?: string | null;
            /**
             * Format: uuid
             * @description Ours: in the place of files, a folder, of which the newest best shot is taken.
             */
            folder_id?: string | null;
            /** @description Ours: a photo of somebody who is like another person of the collection is refused; without it they are enrolled and told of. */
            refuse_near_duplicates?: boolean | null;
            /** @description Metadata of the person. */
            "person:meta_data"?: components["schemas"]["Metadata"] | null;
            /**
             * @description Tags by name of the part.
             * @example {
             *       "file": [
             *         "photo_selfie"
             *       ]
             *     }
             */
            "media:tags"?: {
                [key: string]: string[] | null;
            } | null;
            /**
             * @description Metadata by name of the part.
             * @example {
             *       "file": {
             *         "camera": "front"
             *       }
             *     }
             */
            "media:meta_data"?: {
                [key: string]: components["schemas"]["Metadata"] | null;
            } | null;
        };
        /** @description A page of persons or of their images: the envelope of lists, and total besides. */
        PersonPersonPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page.
             */
            limit: number;
            /**
             * Format: int64
             * @description Entries of all pages; null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["Person"][];
            /**
             * Format: int64
             * @description The same as total_count.
             */
            total: number | null;
        };
        /**
         * @description Keeps the server from doing all of its work.
         *     - `disk_full`: there is no room for one more upload
         *     - `damaged_files`: stored files were found that are not what they were: see the log
         * @enum {string}
         */
        Problem: "disk_full" | "damaged_files";
        /** @description The operating point that live scores are relative to. */
        Profile: {
            /** @description Lenient, default, strict or deployment. */
            name: string;
            /**
             * Format: double
             * @description Live score on the card of the model, from 0 to 1, that 0.5 stands for.
             */
            threshold: number;
            /** @description Error rates measured for it, by name. */
            rates: {
                [key: string]: number;
            };
            /** @description What holds for clips in place of these; left out where it is the same. */
            clip?: components["schemas"]["ClipProfile"];
        };
        /** @description What a user is and may do. Switches that are not sent stay as they are, on for a new user. */
        ProfileIn: {
            /**
             * Format: uuid
             * @description That the user belongs to; ADMIN and OPERATOR belong to none.
             */
            company_id?: string | null;
            /** @description Role; CLIENT for a new user. */
            user_type?: components["schemas"]["UserType"] | null;
            /**
             * @description Null takes it away.
             * @example Ada
             */
            first_name?: string | null;
            /**
             * @description Null takes it away.
             * @example Lovelace
             */
            last_name?: string | null;
            /**
             * @description Null takes it away.
             * @example King
             */
            middle_name?: string | null;
            /**
             * @description May sign in.
             * @example true
             */
            is_active?: boolean | null;
            /**
             * @description API 5: makes the role of an administrator out of that of a client.
             * @example false
             */
            is_admin?: boolean | null;
            /**
             * @description API 5: makes a service account out of a client.
             * @example true
             */
            is_service?: boolean | null;
            /** @description May order QUALITY; true for a new user. */
            can_start_analyse_quality?: boolean | null;
            /** @description May order BIOMETRY; true for a new user. */
            can_start_analyse_biometry?: boolean | null;
            /** @description May order COLLECTION; true for a new user. */
            can_start_analyse_collection?: boolean | null;
            /** @description May order DOCUMENTS; true for a new user. */
            can_start_analyse_documents?: boolean | null;
        };
        /** @description The number of QUALITY: higher is more like an attack. */
        Quality: {
            /**
             * Format: double
             * @description From 0 to 1, higher is more like an attack; null until it is known, and where a media has no score: then nothing may be concluded from it.
             */
            confidence_spoofing: number | null;
            /** @description Ours: what became of the gesture that the tags name, of several the one that was not shown; absent where no tag names one, and where the capture is to be made again. */
            gesture?: components["schemas"]["Gesture"];
            /** @description Ours: how a drawn capture came here; absent where the media came with none. */
            injection?: components["schemas"]["Injection"];
        };
        /** @description An analysis of type QUALITY. */
        QualityAnalysis: {
            /**
             * Format: int64
             * @description When it was ordered. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description The identifier under its old name.
             */
            analyse_id: string;
            /**
             * Format: uuid
             * @description The same identifier.
             */
            analysis_id: string;
            /**
             * Format: uuid
             * @description Of the folder that it belongs to.
             */
            folder_id: string;
            /**
             * Format: int64
             * @description Of that folder. Seconds since 1970.
             */
            folder_time_created: number;
            /**
             * Format: uuid
             * @description Null: the folder belongs to no company.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description The same for all analyses that were ordered in one request.
             */
            group_id: string;
            /**
             * @description What is asked. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "QUALITY";
            /** @description PROCESSING, FINISHED or FAILED. */
            state: components["schemas"]["Status"];
            /** @description The state until it has finished, then the verdict: SUCCESS, DECLINED or OPERATOR_REQUIRED; an operator's decision stands over the system's. */
            resolution: components["schemas"]["Status"];
            /** @description The same as resolution. */
            resolution_status: components["schemas"]["Status"];
            /** @description What an operator decided: SUCCESS, DECLINED or null. */
            resolution_operator: components["schemas"]["Decision"] | null;
            /**
             * Format: uuid
             * @description Ours: of the user who decided; null: nobody did, or that is not known.
             */
            operator_id: string | null;
            /**
             * Format: int64
             * @description Ours: when they decided; null likewise. Seconds since 1970.
             */
            operator_time: number | null;
            /** @description The deciding numbers, of a shape that goes with type; its keys are the same from the order to the end. */
            results_data: components["schemas"]["Quality"];
            /** @description What was found out about each media; empty until it has ended. */
            results_media: components["schemas"]["QualityResultMedia"][];
            /** @description The media that are analysed, in the order of the folder. */
            source_media: components["schemas"]["Media"][];
            /** @description The settings in force. */
            confs: components["schemas"]["Confs"];
            /** @description Searched of COLLECTION, else null. */
            collection: components["schemas"]["Searched"] | null;
            /** @description Why it FAILED, else null. */
            error_code: components["schemas"]["ErrorCode"] | null;
            /** @description The same for people, else null. */
            error_message: string | null;
            /** @description Metadata of the client. */
            meta_data: components["schemas"]["Metadata"];
            /** @description Why, by which models, and the measurements behind it. */
            technical_meta_data: components["schemas"]["AnalysisNotes"];
        };
        /** @description What an analysis says about one of its media. Of the three source ids the one of its kind is set. */
        QualityResultMedia: {
            /**
             * Format: uuid
             * @description Always null.
             */
            analysis_media_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a video.
             */
            source_video_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a frame sequence.
             */
            source_shots_set_id: string | null;
            /**
             * Format: uuid
             * @description The media, where it is a picture.
             */
            source_image_id: string | null;
            /**
             * Format: uuid
             * @description Of the media.
             */
            media_id: string;
            /** @description Of the media. */
            media_type: components["schemas"]["MediaType"];
            /** @description Of the media. */
            tags: string[];
            /** @description Its numbers, of a shape that goes with the type of the analysis. */
            results_data: components["schemas"]["Quality"];
            /** @description Pictures that were made of it: the best shot. */
            output_images: components["schemas"]["OutputImage"][];
            /**
             * Format: uuid
             * @description Of the most similar person that a search found, else null.
             */
            person_id: string | null;
            /** @description Persons that a search found, the most similar first. */
            collection_persons: components["schemas"]["Match"][];
        };
        /** @description Why an analysis ended as it did. */
        Reason: {
            /** @description From the list of codes. */
            code: components["schemas"]["ReasonCode"];
            /** @description Sentence for the person before the camera. */
            advice: string;
            /**
             * Format: uuid
             * @description Media that it is about.
             */
            media_id?: string;
        };
        /**
         * @description ReasonsVersion is the version of the list below. Codes are never renamed or given a new meaning; a new code raises the version.
         *     - `resolution_too_low`: the face fills the frame and still has too few pixels
         *     - `mouth_covered`: mouth and nose
         *     - `burnt_out`: most of the face is white
         *     - `crushed`: much of the face is black
         *     - `back_light`: the picture is far brighter around the face
         *     - `artificial_border`: the room around the face was made, not captured
         *     - `action_out_of_order`: or an action that was not asked for
         *     - `injection_late`: an action took longer than it may
         *     - `gesture_missing`: nothing of the kind is seen
         *     - `gesture_wrong`: another one is
         *     - `gesture_too_slow`: it comes after the deadline
         *     - `gesture_no_baseline`: no calm face comes before it
         *     - `gesture_unverified`: it cannot be told whether it is; a Hint of weight 0
         *     - `frames_too_few`: or too far apart for a movement
         * @enum {string}
         */
        ReasonCode: "no_face" | "several_faces" | "face_too_small" | "face_too_close" | "resolution_too_low" | "face_cut" | "face_turned" | "face_rolled" | "face_unclear" | "mouth_covered" | "eyes_covered" | "blurred" | "too_dark" | "too_bright" | "burnt_out" | "crushed" | "back_light" | "no_colour" | "artificial_border" | "too_few_frames" | "unreadable" | "presentation_attack" | "inconsistent" | "no_match" | "uncertain_match" | "listed" | "no_liveness_model" | "action_missing" | "action_out_of_order" | "injection_duplicate_frames" | "injection_time_order" | "injection_late" | "person_changed" | "frozen_frames" | "repeated_frames" | "no_sensor_noise" | "missing_timestamps" | "constant_timestamps" | "edited_recording" | "screen_recording" | "cut_recording" | "reused_media" | "reused_copy" | "gesture_missing" | "gesture_wrong" | "gesture_too_slow" | "gesture_no_baseline" | "gesture_unverified" | "frames_too_few";
        /** @description Counts the analyses that have a reason; one may have several. */
        ReasonStatistics: {
            /** @description Code. */
            reason: components["schemas"]["ReasonCode"];
            /**
             * Format: int64
             * @description Analyses.
             */
            total_count: number;
        };
        /** @description Asks for a new pair of tokens. */
        RefreshIn: {
            /** @description Of the pair that is exchanged. */
            expire_token: string;
        };
        /** @description A report. It is made while the client waits, so that its state is always FINISHED. */
        Report: {
            /**
             * Format: int64
             * @description When it was made. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: uuid
             * @description Of the report.
             */
            report_id: string;
            /**
             * Format: uuid
             * @description Of the folder that it is about.
             */
            folder_id: string;
            /**
             * Format: uuid
             * @description Of the folder; null: none.
             */
            company_id: string | null;
            /**
             * Format: uuid
             * @description Of the user who ordered it.
             */
            user_id: string;
            /** @description Always FINISHED. */
            state: components["schemas"]["Status"];
            /** @description Of the file. */
            name: string;
            /**
             * Format: int64
             * @description Of the file in bytes.
             */
            size: number;
            /**
             * Format: uri
             * @description Address of the PDF, open without a token.
             */
            original_url: string | null;
        };
        /** @description Orders a report. */
        ReportIn: {
            /**
             * Format: uuid
             * @description How it begins; without it the default of the company.
             */
            report_template_id?: string | null;
        };
        /** @description A template of reports. */
        ReportTemplate: {
            /**
             * Format: int64
             * @description When it was made. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: uuid
             * @description Of the template.
             */
            report_template_id: string;
            /**
             * Format: uuid
             * @description That it belongs to; null: none.
             */
            company_id: string | null;
            /** @description For people, 1 to 255 characters. */
            name: string;
            /** @description Taken for reports that name no template. */
            is_default: boolean;
            /** @description First line of the report; empty takes the usual one. */
            title: string;
            /** @description Text below the title. */
            header: string;
        };
        /** @description Changes what of a template is given. */
        ReportTemplateChangeIn: {
            /**
             * @description For people.
             * @example Standard
             */
            name?: string | null;
            /**
             * @description Taken for reports that name no template.
             * @example true
             */
            is_default?: boolean | null;
            /**
             * @description First line of the report; empty takes the usual one.
             * @example Verification of the customer
             */
            title?: string | null;
            /**
             * @description Text below the title.
             * @example Bank of Example, Main Street 1
             */
            header?: string | null;
        };
        /** @description Makes a template of reports. */
        ReportTemplateIn: {
            /**
             * @description For people.
             * @example Standard
             */
            name: string;
            /**
             * Format: uuid
             * @description That it belongs to; without it the caller's.
             */
            company_id?: string | null;
            /**
             * @description Taken for reports that name no template.
             * @example true
             */
            is_default?: boolean | null;
            /**
             * @description First line of the report; empty takes the usual one.
             * @example Verification of the customer
             */
            title?: string | null;
            /**
             * @description Text below the title.
             * @example Bank of Example, Main Street 1
             */
            header?: string | null;
        };
        /** @description What a search by photo found. Nothing of the photo is kept. */
        Search: {
            /**
             * Format: uuid
             * @description Of the collection.
             */
            collection_id: string;
            /** @description Whether somebody reaches the threshold. */
            found: boolean;
            /**
             * Format: double
             * @description Similarity from which a person is found.
             */
            threshold: number;
            /**
             * Format: int64
             * @description Photos of the collection that the photo was compared with: all that it has.
             */
            references: number;
            /** @description The most similar ones, the most similar one first. */
            persons: components["schemas"]["NearPerson"][];
        };
        /** @description What stands beside the photo of a search. */
        SearchIn: {
            /**
             * Format: uuid
             * @description Ours: in the place of files, a photo of a folder.
             */
            media_id?: string | null;
            /**
             * Format: uuid
             * @description Ours: in the place of files, a folder, of which the newest best shot is taken.
             */
            folder_id?: string | null;
            /**
             * Format: int64
             * @description How many persons are named at most; without it 10.
             */
            count?: number | null;
        };
        /** @description Names the collection that was searched. */
        Searched: {
            /**
             * Format: uuid
             * @description Of the collection.
             */
            collection_id: string;
            /** @description Its name when the analysis was ordered. */
            alias: string;
        };
        /** @description A webhook secret; its text is there in the answer that makes it. */
        Secret: {
            /**
             * Format: int64
             * @description When it was made. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: uuid
             * @description Of the secret.
             */
            secret_id: string;
            /**
             * Format: uuid
             * @description Whose deliveries it signs; null: those of no company.
             */
            company_id: string | null;
            /** @description Its text, whsec_ and base64; there in the answer that makes it. */
            secret?: string;
        };
        /** @description Makes a webhook secret. */
        SecretIn: {
            /**
             * Format: uuid
             * @description Whose secret; without it the caller's company.
             */
            company_id?: string | null;
        };
        /** @description Names a user who gets a token. */
        ServiceTokenIn: {
            /**
             * Format: uuid
             * @description Of the service account; a service account that leaves it out means itself.
             */
            user_id: string;
            /**
             * @description Of the token, in the list of sessions.
             * @example kiosk 7
             */
            name?: string | null;
        };
        /** @description Answers sign-in and refresh. access_token must stay the fourth key: shell scripts count words. */
        Session: {
            /**
             * Format: int64
             * @description Of the sign-in. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last change. Seconds since 1970.
             */
            time_updated: number;
            /**
             * Format: int64
             * @description Number of the session.
             */
            session_id: number;
            /** @description To be sent as X-Forensic-Access-Token. */
            access_token: string;
            /** @description To be sent with the access token to refresh. */
            expire_token: string;
            /**
             * Format: int64
             * @description When the session ends unless it is used. Seconds since 1970.
             */
            expire_date: number;
            /** @description Who signed in. */
            user: components["schemas"]["User"];
        };
        /** @description One colour and when it came. */
        ShownColor: {
            /**
             * @description Red, green and blue.
             * @example #30c060
             */
            color: string;
            /**
             * Format: double
             * @description When.
             */
            t_ms: number;
        };
        /** @description The sequence of colours that the screen showed during a drawn capture. Times are milliseconds of the session. */
        ShownLight: {
            /** @description In their order. */
            symbols: components["schemas"]["ShownColor"][];
            /**
             * Format: double
             * @description For how long each was there.
             */
            symbol_ms: number;
            /** @description First frame of each recording, by the tag of its action. */
            begins: {
                [key: string]: number;
            };
        };
        /** @description A sign-in, or a token that was issued for a service account, with all that was refreshed from it. It is ours: the vendor's API has none. */
        SignIn: {
            /**
             * Format: int64
             * @description Of the sign-in. Seconds since 1970.
             */
            time_created: number;
            /**
             * Format: int64
             * @description Of the last use, to ten minutes. Seconds since 1970.
             */
            time_used: number;
            /**
             * Format: int64
             * @description By which it is ended; changes when it is refreshed.
             */
            session_id: number;
            /** @description That was given to the token when it was issued, if any. */
            name: string | null;
            /** @description Issued for a service account, not a sign-in. */
            is_service_token: boolean;
            /** @description The session of this call. */
            is_current: boolean;
            /** @description Where the sign-in came from: loopback, private, public; null where nobody knows. */
            address: string | null;
            /**
             * Format: int64
             * @description When the access token ends unless it is used. Seconds since 1970.
             */
            expire_date: number;
            /**
             * Format: int64
             * @description When it ends however it is used or refreshed. Seconds since 1970.
             */
            end_date: number;
        };
        /** @description Signs in. */
        SignInIn: {
            /** @description Who signs in. */
            credentials: components["schemas"]["CredentialsIn"];
        };
        /** @description Holds the numbers of BIOMETRY, similarities of the least and the most similar pair, and of COLLECTION, the same of the media's confidences. */
        Similarity: {
            /**
             * Format: double
             * @description Similarity of the least similar pair, from 0 to 1; null until it is known, and where a media could not be compared.
             */
            min_confidence: number | null;
            /**
             * Format: double
             * @description Similarity of the most similar pair, null with min_confidence.
             */
            max_confidence: number | null;
        };
        /** @description The body of an order as in 2018: liveness and face matching where it names none. */
        StartIn: {
            /** @description Without them QUALITY and BIOMETRY. */
            analyses?: components["schemas"]["OrderIn"][] | null;
            /**
             * Format: uri
             * @description Address that is told of results.
             * @example https://bank.example/hook
             */
            resolution_endpoint?: string | null;
        };
        /** @description Counts folders and analyses in a window of time. */
        Statistics: {
            /**
             * Format: int64
             * @description Folders.
             */
            total_count: number;
            /** @description Folders by system_resolution. */
            by_resolution: components["schemas"]["Counts"];
            /** @description Folders by system_resolution_all. */
            by_resolution_all: components["schemas"]["Counts"];
            /** @description Analyses, in the order of the API. */
            by_type: components["schemas"]["TypeStatistics"][];
            /** @description Folders by company, the largest first. */
            by_company: components["schemas"]["CompanyStatistics"][];
            /** @description Folders by day, the earliest first. */
            by_day: components["schemas"]["DayStatistics"][];
            /** @description Analyses by the codes of their reasons, the most frequent first; ours. */
            by_reason: components["schemas"]["ReasonStatistics"][];
        };
        /**
         * @description Words shared by folders and analyses, spelled as on the wire.
         * @enum {string}
         */
        Status: "INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED";
        /** @description A field that was read from a document. None is yet. */
        TextField: Record<string, never>;
        /** @description Tells a token from others. */
        TokenIn: {
            /**
             * @description Of the token, in the list of sessions.
             * @example kiosk 7
             */
            name?: string | null;
        };
        /** @description Counts analyses; times are in milliseconds from order to end, null where none has ended. */
        TypeStatistics: {
            /** @description Of the analyses. */
            type: components["schemas"]["AnalysisType"];
            /**
             * Format: int64
             * @description Analyses.
             */
            total_count: number;
            /** @description Analyses by what the system found. */
            by_resolution: components["schemas"]["Counts"];
            /** @description Ended analyses by what became of them; ours. */
            by_class: {
                [key: string]: number;
            };
            /**
             * Format: double
             * @description Half took no longer.
             */
            took_ms_p50: number | null;
            /**
             * Format: double
             * @description Nine of ten took no longer.
             */
            took_ms_p90: number | null;
        };
        /** @description A user. The switches are spelled both ways, as the manual does. */
        User: {
            /**
             * Format: uuid
             * @description Of the user.
             */
            user_id: string;
            /** @description Role. */
            user_type: components["schemas"]["UserType"];
            /** @description If any. */
            first_name: string | null;
            /** @description If any. */
            last_name: string | null;
            /** @description If any. */
            middle_name: string | null;
            /** @description By which the user signs in. */
            email: string;
            /**
             * Format: uuid
             * @description Null: none.
             */
            company_id: string | null;
            /** @description Administers the company: the role CLIENT_ADMIN. */
            is_admin: boolean;
            /** @description Service account, whose tokens live long. */
            is_service: boolean;
            /** @description May sign in. */
            is_active: boolean;
            /** @description May order BIOMETRY. */
            can_start_analyse_biometry: boolean;
            /** @description May order COLLECTION. */
            can_start_analyse_collection: boolean;
            /** @description May order DOCUMENTS. */
            can_start_analyse_documents: boolean;
            /** @description May order QUALITY. */
            can_start_analyse_quality: boolean;
            /** @description May order BIOMETRY. */
            can_start_analyze_biometry: boolean;
            /** @description May order COLLECTION. */
            can_start_analyze_collection: boolean;
            /** @description May order DOCUMENTS. */
            can_start_analyze_documents: boolean;
            /** @description May order QUALITY. */
            can_start_analyze_quality: boolean;
        };
        /** @description Changes what of a user is given. */
        UserChangeIn: {
            /** @description By which the user signs in. */
            credentials?: components["schemas"]["ChangedCredentialsIn"] | null;
            /** @description Role, company, name and rights. */
            profile?: components["schemas"]["ProfileIn"] | null;
        };
        /** @description Makes a user. */
        UserIn: {
            /** @description By which the user signs in. */
            credentials: components["schemas"]["NewCredentialsIn"];
            /** @description Role, company, name and rights. */
            profile?: components["schemas"]["ProfileIn"] | null;
        };
        /** @description The envelope of lists, in the order of the vendor's framework. */
        UserPage: {
            /**
             * Format: int64
             * @description Entries left out before these.
             */
            offset: number;
            /**
             * Format: int64
             * @description Most entries of a page; -1: all.
             */
            limit: number;
            /**
             * Format: int64
             * @description Null when total_omit was set.
             */
            total_count: number | null;
            /** @description The entries. */
            items: components["schemas"]["User"][];
            /** @description Ours, what of the request nobody reads; other answers have them in the header X-Bonafide-Warnings. */
            warnings?: components["schemas"]["Warning"][];
        };
        /**
         * @description The role of a user, spelled as on the Oz API's wire.
         * @enum {string}
         */
        UserType: "ADMIN" | "OPERATOR" | "CLIENT" | "CLIENT_ADMIN" | "CLIENT_OPERATOR" | "CLIENT_SERVICE";
        /** @description Tells the version of the server. */
        Version: {
            /** @description Of the server, such as 1.2.0. */
            core: string;
        };
        /** @description Tells of something in a request that nobody reads. It is ours. */
        Warning: {
            /** @description Kind of slip. */
            code: components["schemas"]["WarningCode"];
            /** @description What is not read, with its path. */
            name: string;
            /** @description What was probably meant; absent where nothing is like it. */
            did_you_mean?: string;
        };
        /**
         * @description Tells warnings apart.
         *     - `unknown_field`: a field of a JSON body or a payload
         *     - `unknown_parameter`: a parameter of the query
         *     - `unmatched_name`: the payload speaks of a part that did not come
         *     - `unused_part`: a part that is neither payload nor file
         * @enum {string}
         */
        WarningCode: "unknown_field" | "unknown_parameter" | "unmatched_name" | "unused_part";
    };
    responses: {
        /** @description Bad Request. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Service Unavailable. */
        Busy: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Conflict. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Insufficient Storage. */
        DiskFull: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Bad Gateway. */
        ExternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Forbidden. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Not Found. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error_code": 10,
                 *       "error_message": "Folder not found",
                 *       "error_details": null,
                 *       "details": null
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Requested Range Not Satisfiable. */
        RangeNotSatisfiable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Internal Server Error. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too Many Requests. */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Unauthorized. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Unsupported Media Type. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readStart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
        };
    };
    listAnalyses: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("analyse_id" | "analyse_id{asc}" | "analyse_id{desc}" | "analysis_id" | "analysis_id{asc}" | "analysis_id{desc}" | "folder_id" | "folder_id{asc}" | "folder_id{desc}" | "group_id" | "group_id{asc}" | "group_id{desc}" | "company_id" | "company_id{asc}" | "company_id{desc}" | "type" | "type{asc}" | "type{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                analyse_id?: string[];
                /** @description None of these. */
                "analyse_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                analysis_id?: string[];
                /** @description None of these. */
                "analysis_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                folder_id?: string[];
                /** @description None of these. */
                "folder_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                group_id?: string[];
                /** @description None of these. */
                "group_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                type?: ("QUALITY" | "BIOMETRY" | "COLLECTION" | "DOCUMENTS" | "null")[];
                /** @description None of these. */
                "type.exclude"?: ("QUALITY" | "BIOMETRY" | "COLLECTION" | "DOCUMENTS" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                state?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "state.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                resolution?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "resolution.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                resolution_status?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "resolution_status.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas. */
                reason?: ("no_face" | "several_faces" | "face_too_small" | "face_too_close" | "resolution_too_low" | "face_cut" | "face_turned" | "face_rolled" | "face_unclear" | "mouth_covered" | "eyes_covered" | "blurred" | "too_dark" | "too_bright" | "burnt_out" | "crushed" | "back_light" | "no_colour" | "artificial_border" | "too_few_frames" | "unreadable" | "presentation_attack" | "no_match" | "uncertain_match" | "listed" | "no_liveness_model" | "inconsistent" | "person_changed" | "frozen_frames" | "repeated_frames" | "no_sensor_noise" | "missing_timestamps" | "constant_timestamps" | "edited_recording" | "screen_recording" | "cut_recording" | "reused_media" | "reused_copy" | "gesture_missing" | "gesture_wrong" | "gesture_too_slow" | "gesture_no_baseline" | "gesture_unverified" | "frames_too_few" | "action_missing" | "action_out_of_order" | "injection_duplicate_frames" | "injection_time_order" | "injection_late")[];
                /** @description None of these. */
                "reason.exclude"?: ("no_face" | "several_faces" | "face_too_small" | "face_too_close" | "resolution_too_low" | "face_cut" | "face_turned" | "face_rolled" | "face_unclear" | "mouth_covered" | "eyes_covered" | "blurred" | "too_dark" | "too_bright" | "burnt_out" | "crushed" | "back_light" | "no_colour" | "artificial_border" | "too_few_frames" | "unreadable" | "presentation_attack" | "no_match" | "uncertain_match" | "listed" | "no_liveness_model" | "inconsistent" | "person_changed" | "frozen_frames" | "repeated_frames" | "no_sensor_noise" | "missing_timestamps" | "constant_timestamps" | "edited_recording" | "screen_recording" | "cut_recording" | "reused_media" | "reused_copy" | "gesture_missing" | "gesture_wrong" | "gesture_too_slow" | "gesture_no_baseline" | "gesture_unverified" | "frames_too_few" | "action_missing" | "action_out_of_order" | "injection_duplicate_frames" | "injection_time_order" | "injection_late")[];
                /** @description One of these, separated by commas; `null` means none. */
                class?: ("accepted" | "try_again" | "operator" | "failed" | "other_person" | "listed" | "injection" | "attack" | "null")[];
                /** @description None of these. */
                "class.exclude"?: ("accepted" | "try_again" | "operator" | "failed" | "other_person" | "listed" | "injection" | "attack" | "null")[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
                /** @description Conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most 8. */
                meta_data?: string[];
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "FINISHED",
                     *           "resolution": "SUCCESS",
                     *           "resolution_status": "SUCCESS",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": 0.0213
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0.0213
                     *               },
                     *               "output_images": [
                     *                 {
                     *                   "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *                 }
                     *               ],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "original_name": "s.zip",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": null,
                     *               "image_id": null,
                     *               "video_id": null,
                     *               "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "info": {
                     *                 "video": {
                     *                   "mime-type": "application/zip",
                     *                   "size": 800,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": true,
                     *             "threshold_spoofing": 0.5
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "accepted",
                     *             "measurements": [
                     *               {
                     *                 "kind": "capture",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 0,
                     *                 "measures": {
                     *                   "face_width_px": 211.5
                     *                 },
                     *                 "hints": []
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": 2.25,
                     *                 "frames": 12,
                     *                 "measures": {},
                     *                 "hints": [
                     *                   {
                     *                     "code": "edited_recording",
                     *                     "weight": 0.1
                     *                   }
                     *                 ]
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 3,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "pad",
                     *                 "version": "1"
                     *               }
                     *             ],
                     *             "profile": {
                     *               "name": "default",
                     *               "threshold": 0.5,
                     *               "rates": {
                     *                 "bpcer": 0.02
                     *               }
                     *             },
                     *             "reasons": [],
                     *             "reasons_version": 6,
                     *             "took_ms": 42
                     *           }
                     *         }
                     *       ],
                     *       "limit": 100,
                     *       "offset": 0,
                     *       "total_count": 1
                     *     }
                     */
                    "application/json": components["schemas"]["AnalysisPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readAnalysis: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Analysis. */
                analyse_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580003,
                     *       "time_updated": 1764580005,
                     *       "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *       "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "folder_time_created": 1764580000,
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "group_id": "9b000000-0000-4000-8000-000000000001",
                     *       "type": "QUALITY",
                     *       "state": "FINISHED",
                     *       "resolution": "SUCCESS",
                     *       "resolution_status": "SUCCESS",
                     *       "resolution_operator": null,
                     *       "operator_id": null,
                     *       "operator_time": null,
                     *       "results_data": {
                     *         "confidence_spoofing": 0.0213
                     *       },
                     *       "results_media": [
                     *         {
                     *           "analysis_media_id": null,
                     *           "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "source_shots_set_id": null,
                     *           "source_image_id": null,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "results_data": {
                     *             "confidence_spoofing": 0.0213
                     *           },
                     *           "output_images": [
                     *             {
                     *               "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *             }
                     *           ],
                     *           "person_id": null,
                     *           "collection_persons": []
                     *         },
                     *         {
                     *           "analysis_media_id": null,
                     *           "source_video_id": null,
                     *           "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "source_image_id": null,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "tags": [],
                     *           "results_data": {
                     *             "confidence_spoofing": 0
                     *           },
                     *           "output_images": [],
                     *           "person_id": null,
                     *           "collection_persons": []
                     *         }
                     *       ],
                     *       "source_media": [
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580002,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "original_name": "selfie.mp4",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *           "preview_url": null,
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": null,
                     *           "video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "thumb": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 900,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             },
                     *             "video": {
                     *               "mime-type": "video/mp4",
                     *               "size": 5000,
                     *               "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *               "width": 720,
                     *               "height": 1280,
                     *               "FPS": 29.97,
                     *               "duration": 4.5
                     *             }
                     *           },
                     *           "meta_data": {
                     *             "note": "front"
                     *           },
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "original_name": "s.zip",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": null,
                     *           "image_id": null,
                     *           "video_id": null,
                     *           "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "info": {
                     *             "video": {
                     *               "mime-type": "application/zip",
                     *               "size": 800,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ],
                     *       "confs": {
                     *         "extract_best_shot": true,
                     *         "threshold_spoofing": 0.5
                     *       },
                     *       "collection": null,
                     *       "error_code": null,
                     *       "error_message": null,
                     *       "meta_data": {},
                     *       "technical_meta_data": {
                     *         "class": "accepted",
                     *         "measurements": [
                     *           {
                     *             "kind": "capture",
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "other_media_id": null,
                     *             "raw": null,
                     *             "frames": 0,
                     *             "measures": {
                     *               "face_width_px": 211.5
                     *             },
                     *             "hints": []
                     *           },
                     *           {
                     *             "kind": "liveness",
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "other_media_id": null,
                     *             "raw": 2.25,
                     *             "frames": 12,
                     *             "measures": {},
                     *             "hints": [
                     *               {
                     *                 "code": "edited_recording",
                     *                 "weight": 0.1
                     *               }
                     *             ]
                     *           },
                     *           {
                     *             "kind": "liveness",
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "other_media_id": null,
                     *             "raw": null,
                     *             "frames": 3,
                     *             "measures": {},
                     *             "hints": []
                     *           }
                     *         ],
                     *         "models": [
                     *           {
                     *             "name": "pad",
                     *             "version": "1"
                     *           }
                     *         ],
                     *         "profile": {
                     *           "name": "default",
                     *           "threshold": 0.5,
                     *           "rates": {
                     *             "bpcer": 0.02
                     *           }
                     *         },
                     *         "reasons": [],
                     *         "reasons_version": 6,
                     *         "took_ms": 42
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Analysis"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Analysis. */
                analyse_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    decideAnalysis: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Analysis. */
                analyse_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AnalysisDecisionIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580003,
                     *       "time_updated": 1764580005,
                     *       "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *       "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "folder_time_created": 1764580000,
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "group_id": "9b000000-0000-4000-8000-000000000001",
                     *       "type": "QUALITY",
                     *       "state": "FINISHED",
                     *       "resolution": "SUCCESS",
                     *       "resolution_status": "SUCCESS",
                     *       "resolution_operator": null,
                     *       "operator_id": null,
                     *       "operator_time": null,
                     *       "results_data": {
                     *         "confidence_spoofing": 0.0213
                     *       },
                     *       "results_media": [
                     *         {
                     *           "analysis_media_id": null,
                     *           "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "source_shots_set_id": null,
                     *           "source_image_id": null,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "results_data": {
                     *             "confidence_spoofing": 0.0213
                     *           },
                     *           "output_images": [
                     *             {
                     *               "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *             }
                     *           ],
                     *           "person_id": null,
                     *           "collection_persons": []
                     *         },
                     *         {
                     *           "analysis_media_id": null,
                     *           "source_video_id": null,
                     *           "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "source_image_id": null,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "tags": [],
                     *           "results_data": {
                     *             "confidence_spoofing": 0
                     *           },
                     *           "output_images": [],
                     *           "person_id": null,
                     *           "collection_persons": []
                     *         }
                     *       ],
                     *       "source_media": [
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580002,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "original_name": "selfie.mp4",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *           "preview_url": null,
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": null,
                     *           "video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "thumb": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 900,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             },
                     *             "video": {
                     *               "mime-type": "video/mp4",
                     *               "size": 5000,
                     *               "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *               "width": 720,
                     *               "height": 1280,
                     *               "FPS": 29.97,
                     *               "duration": 4.5
                     *             }
                     *           },
                     *           "meta_data": {
                     *             "note": "front"
                     *           },
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "original_name": "s.zip",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": null,
                     *           "image_id": null,
                     *           "video_id": null,
                     *           "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "info": {
                     *             "video": {
                     *               "mime-type": "application/zip",
                     *               "size": 800,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ],
                     *       "confs": {
                     *         "extract_best_shot": true,
                     *         "threshold_spoofing": 0.5
                     *       },
                     *       "collection": null,
                     *       "error_code": null,
                     *       "error_message": null,
                     *       "meta_data": {},
                     *       "technical_meta_data": {
                     *         "class": "accepted",
                     *         "measurements": [
                     *           {
                     *             "kind": "capture",
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "other_media_id": null,
                     *             "raw": null,
                     *             "frames": 0,
                     *             "measures": {
                     *               "face_width_px": 211.5
                     *             },
                     *             "hints": []
                     *           },
                     *           {
                     *             "kind": "liveness",
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "other_media_id": null,
                     *             "raw": 2.25,
                     *             "frames": 12,
                     *             "measures": {},
                     *             "hints": [
                     *               {
                     *                 "code": "edited_recording",
                     *                 "weight": 0.1
                     *               }
                     *             ]
                     *           },
                     *           {
                     *             "kind": "liveness",
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "other_media_id": null,
                     *             "raw": null,
                     *             "frames": 3,
                     *             "measures": {},
                     *             "hints": []
                     *           }
                     *         ],
                     *         "models": [
                     *           {
                     *             "name": "pad",
                     *             "version": "1"
                     *           }
                     *         ],
                     *         "profile": {
                     *           "name": "default",
                     *           "threshold": 0.5,
                     *           "rates": {
                     *             "bpcer": 0.02
                     *           }
                     *         },
                     *         "reasons": [],
                     *         "reasons_version": 6,
                     *         "took_ms": 42
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Analysis"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readAnalysisMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Analysis. */
                analyse_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    replaceAnalysisMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Analysis. */
                analyse_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    clearAnalysisMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Analysis. */
                analyse_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    mergeAnalysisMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Analysis. */
                analyse_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("time_created" | "time_created{asc}" | "time_created{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description One of these, separated by commas; `null` means none. */
                actor_id?: string[];
                /** @description None of these. */
                "actor_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                object_id?: string[];
                /** @description None of these. */
                "object_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                action?: ("create" | "update" | "delete" | "refuse" | "read" | "restore" | "null")[];
                /** @description None of these. */
                "action.exclude"?: ("create" | "update" | "delete" | "refuse" | "read" | "restore" | "null")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580000,
                     *       "session_id": 17,
                     *       "access_token": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *       "expire_token": "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
                     *       "expire_date": 1764580900,
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580000,
                     *       "session_id": 17,
                     *       "access_token": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *       "expire_token": "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
                     *       "expire_date": 1764580900,
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["ServerError"];
        };
    };
    getServiceToken: {
        parameters: {
            query: {
                /** @description Of the service account; a service account that leaves it out means itself. */
                user_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580000,
                     *       "session_id": 17,
                     *       "access_token": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *       "expire_token": "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
                     *       "expire_date": 1764580900,
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createServiceToken: {
        parameters: {
            query?: {
                /** @description Of the service account, where the body does not name it. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceTokenIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580000,
                     *       "session_id": 17,
                     *       "access_token": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *       "expire_token": "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
                     *       "expire_date": 1764580900,
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    getServiceTokenOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580000,
                     *       "session_id": 17,
                     *       "access_token": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *       "expire_token": "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
                     *       "expire_date": 1764580900,
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createServiceTokenOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580000,
                     *       "session_id": 17,
                     *       "access_token": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *       "expire_token": "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0",
                     *       "expire_date": 1764580900,
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createCaptureToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureToken"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    drawCapture: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CaptureIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readCaptureLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureLimits"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createCaptureLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CaptureLinkIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureLink"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readCaptureLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Link. */
                link_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureLink"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listCollections: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("collection_id" | "collection_id{asc}" | "collection_id{desc}" | "company_id" | "company_id{asc}" | "company_id{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                collection_id?: string[];
                /** @description None of these. */
                "collection_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
                /** @description Conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most 8. */
                meta_data?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createCollection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectionIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    changeCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CollectionChangeIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("import_id" | "import_id{asc}" | "import_id{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                import_id?: string[];
                /** @description None of these. */
                "import_id.exclude"?: string[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
            };
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPersonPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    payload?: components["schemas"]["ImportIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    readImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Import. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Import. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listImportFiles: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: string[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas. */
                state?: ("MISSING" | "WAITING" | "READY" | "ENROLLED" | "REFUSED")[];
                /** @description None of these. */
                "state.exclude"?: ("MISSING" | "WAITING" | "READY" | "ENROLLED" | "REFUSED")[];
                /** @description One of these, separated by commas; `null` means none. */
                reason?: string[];
                /** @description None of these. */
                "reason.exclude"?: string[];
            };
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Import. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportFilePersonPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    addImportFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Import. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    payload?: components["schemas"]["ImportFilesIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    startImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Import. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readCollectionMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    replaceCollectionMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    clearCollectionMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    mergeCollectionMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listPersons: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("person_id" | "person_id{asc}" | "person_id{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                person_id?: string[];
                /** @description None of these. */
                "person_id.exclude"?: string[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
                /** @description Conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most 8. */
                meta_data?: string[];
            };
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPersonPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    addPerson: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PersonIn"];
                "multipart/form-data": {
                    payload?: components["schemas"]["PersonIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["ExternalError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    readPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deletePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    changePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PersonChangeIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listPersonImages: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("person_image_id" | "person_image_id{asc}" | "person_image_id{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                person_image_id?: string[];
                /** @description None of these. */
                "person_image_id.exclude"?: string[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
                /** @description Conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most 8. */
                meta_data?: string[];
            };
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImagePersonPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    addPersonImages: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PersonIn"];
                "multipart/form-data": {
                    payload?: components["schemas"]["PersonIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["ExternalError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    deletePersonImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
                /** @description Identifier of the Image. */
                person_image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    mergePersons: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherPersonIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readPersonMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    replacePersonMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    clearPersonMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    mergePersonMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    movePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    splitPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
                /** @description Identifier of the Person. */
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherPersonIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    searchCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Collection. */
                collection_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SearchIn"];
                "multipart/form-data": {
                    payload?: components["schemas"]["SearchIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Search"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["ExternalError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    listCompanies: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("company_id" | "company_id{asc}" | "company_id{desc}" | "name" | "name{asc}" | "name{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                name?: string[];
                /** @description None of these. */
                "name.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                in_deletion?: ("true" | "false" | "null")[];
                /** @description None of these. */
                "in_deletion.exclude"?: ("true" | "false" | "null")[];
                /** @description Words that must all occur. */
                search_text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createCompany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanyIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readCompany: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteCompany: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    changeCompany: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CompanyChangeIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            500: components["responses"]["ServerError"];
        };
    };
    listEventSessions: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("session_id" | "session_id{asc}" | "session_id{desc}" | "company_id" | "company_id{asc}" | "company_id{desc}" | "user_id" | "user_id{asc}" | "user_id{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                session_id?: string[];
                /** @description None of these. */
                "session_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                user_id?: string[];
                /** @description None of these. */
                "user_id.exclude"?: string[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventSessionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    saveEventSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventSession"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listFolders: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("folder_id" | "folder_id{asc}" | "folder_id{desc}" | "company_id" | "company_id{asc}" | "company_id{desc}" | "user_id" | "user_id{asc}" | "user_id{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                folder_id?: string[];
                /** @description None of these. */
                "folder_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                user_id?: string[];
                /** @description None of these. */
                "user_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                resolution_status?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "resolution_status.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                system_resolution?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "system_resolution.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                system_resolution_all?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "system_resolution_all.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas. */
                reason?: ("no_face" | "several_faces" | "face_too_small" | "face_too_close" | "resolution_too_low" | "face_cut" | "face_turned" | "face_rolled" | "face_unclear" | "mouth_covered" | "eyes_covered" | "blurred" | "too_dark" | "too_bright" | "burnt_out" | "crushed" | "back_light" | "no_colour" | "artificial_border" | "too_few_frames" | "unreadable" | "presentation_attack" | "no_match" | "uncertain_match" | "listed" | "no_liveness_model" | "inconsistent" | "person_changed" | "frozen_frames" | "repeated_frames" | "no_sensor_noise" | "missing_timestamps" | "constant_timestamps" | "edited_recording" | "screen_recording" | "cut_recording" | "reused_media" | "reused_copy" | "gesture_missing" | "gesture_wrong" | "gesture_too_slow" | "gesture_no_baseline" | "gesture_unverified" | "frames_too_few" | "action_missing" | "action_out_of_order" | "injection_duplicate_frames" | "injection_time_order" | "injection_late")[];
                /** @description None of these. */
                "reason.exclude"?: ("no_face" | "several_faces" | "face_too_small" | "face_too_close" | "resolution_too_low" | "face_cut" | "face_turned" | "face_rolled" | "face_unclear" | "mouth_covered" | "eyes_covered" | "blurred" | "too_dark" | "too_bright" | "burnt_out" | "crushed" | "back_light" | "no_colour" | "artificial_border" | "too_few_frames" | "unreadable" | "presentation_attack" | "no_match" | "uncertain_match" | "listed" | "no_liveness_model" | "inconsistent" | "person_changed" | "frozen_frames" | "repeated_frames" | "no_sensor_noise" | "missing_timestamps" | "constant_timestamps" | "edited_recording" | "screen_recording" | "cut_recording" | "reused_media" | "reused_copy" | "gesture_missing" | "gesture_wrong" | "gesture_too_slow" | "gesture_no_baseline" | "gesture_unverified" | "frames_too_few" | "action_missing" | "action_out_of_order" | "injection_duplicate_frames" | "injection_time_order" | "injection_late")[];
                /** @description One of these, separated by commas. */
                class?: ("accepted" | "try_again" | "operator" | "failed" | "other_person" | "listed" | "injection" | "attack")[];
                /** @description None of these. */
                "class.exclude"?: ("accepted" | "try_again" | "operator" | "failed" | "other_person" | "listed" | "injection" | "attack")[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
                /** @description Conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most 8. */
                meta_data?: string[];
                /** @description Adds the analyses. */
                with_analyses?: boolean;
                /** @description Adds the user who made it, where the caller may read them. */
                with_user?: boolean;
                /** @description Adds the company. */
                with_company?: boolean;
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "time_created": 1764580000,
                     *           "time_updated": 1764580009,
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *           "resolution_endpoint": "https://bank.example/hook",
                     *           "resolution_status": "FAILED",
                     *           "system_resolution": "FAILED",
                     *           "system_resolution_all": "FAILED",
                     *           "resolution_time": 1764580009,
                     *           "resolution_comment": "[]",
                     *           "resolution_author_id": null,
                     *           "resolution_state_hash": null,
                     *           "operator_status": null,
                     *           "operator_comment": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "is_cleared": false,
                     *           "meta_data": {
                     *             "amount": 100,
                     *             "name": "Жан \"<b>\" , : 日本",
                     *             "transaction_id": "T-2041"
                     *           },
                     *           "technical_meta_data": {},
                     *           "user": {
                     *             "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *             "user_type": "CLIENT_ADMIN",
                     *             "first_name": "Ada",
                     *             "last_name": "Ünal <&>",
                     *             "middle_name": null,
                     *             "email": "a.user@bank.example",
                     *             "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *             "is_admin": true,
                     *             "is_service": false,
                     *             "is_active": true,
                     *             "can_start_analyse_biometry": true,
                     *             "can_start_analyse_collection": false,
                     *             "can_start_analyse_documents": false,
                     *             "can_start_analyse_quality": true,
                     *             "can_start_analyze_biometry": true,
                     *             "can_start_analyze_collection": false,
                     *             "can_start_analyze_documents": false,
                     *             "can_start_analyze_quality": true
                     *           },
                     *           "company": {
                     *             "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *             "name": "Bank",
                     *             "in_deletion": false,
                     *             "technical_meta_data": {}
                     *           },
                     *           "media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "original_name": "id.png",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *               "video_url": null,
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "video_id": null,
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "image": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 700,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "original_name": "s.zip",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": null,
                     *               "image_id": null,
                     *               "video_id": null,
                     *               "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "info": {
                     *                 "video": {
                     *                   "mime-type": "application/zip",
                     *                   "size": 800,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "analyses": [
                     *             {
                     *               "time_created": 1764580003,
                     *               "time_updated": 1764580005,
                     *               "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *               "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "group_id": "9b000000-0000-4000-8000-000000000001",
                     *               "type": "QUALITY",
                     *               "state": "FINISHED",
                     *               "resolution": "SUCCESS",
                     *               "resolution_status": "SUCCESS",
                     *               "resolution_operator": null,
                     *               "operator_id": null,
                     *               "operator_time": null,
                     *               "results_data": {
                     *                 "confidence_spoofing": 0.0213
                     *               },
                     *               "results_media": [
                     *                 {
                     *                   "analysis_media_id": null,
                     *                   "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "source_shots_set_id": null,
                     *                   "source_image_id": null,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "VIDEO_FOLDER",
                     *                   "tags": [
                     *                     "video_selfie",
                     *                     "video_selfie_eyes"
                     *                   ],
                     *                   "results_data": {
                     *                     "confidence_spoofing": 0.0213
                     *                   },
                     *                   "output_images": [
                     *                     {
                     *                       "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                       "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                       "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                       "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *                     }
                     *                   ],
                     *                   "person_id": null,
                     *                   "collection_persons": []
                     *                 },
                     *                 {
                     *                   "analysis_media_id": null,
                     *                   "source_video_id": null,
                     *                   "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *                   "source_image_id": null,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                   "media_type": "SHOTS_SET_FOLDER",
                     *                   "tags": [],
                     *                   "results_data": {
                     *                     "confidence_spoofing": 0
                     *                   },
                     *                   "output_images": [],
                     *                   "person_id": null,
                     *                   "collection_persons": []
                     *                 }
                     *               ],
                     *               "source_media": [
                     *                 {
                     *                   "time_created": 1764580001,
                     *                   "time_updated": 1764580002,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "VIDEO_FOLDER",
                     *                   "original_name": "selfie.mp4",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *                   "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *                   "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *                   "preview_url": null,
                     *                   "tags": [
                     *                     "video_selfie",
                     *                     "video_selfie_eyes"
                     *                   ],
                     *                   "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *                   "folder_time_created": 1764580000,
                     *                   "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *                   "image_id": null,
                     *                   "video_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "shots_set_id": null,
                     *                   "info": {
                     *                     "thumb": {
                     *                       "mime-type": "image/jpeg",
                     *                       "size": 900,
                     *                       "md5": null,
                     *                       "width": null,
                     *                       "height": null,
                     *                       "FPS": null,
                     *                       "duration": null
                     *                     },
                     *                     "video": {
                     *                       "mime-type": "video/mp4",
                     *                       "size": 5000,
                     *                       "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                       "width": 720,
                     *                       "height": 1280,
                     *                       "FPS": 29.97,
                     *                       "duration": 4.5
                     *                     }
                     *                   },
                     *                   "meta_data": {
                     *                     "note": "front"
                     *                   },
                     *                   "technical_meta_data": {}
                     *                 },
                     *                 {
                     *                   "time_created": 1764580001,
                     *                   "time_updated": 1764580001,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                   "media_type": "SHOTS_SET_FOLDER",
                     *                   "original_name": "s.zip",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *                   "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *                   "thumb_url": null,
                     *                   "preview_url": null,
                     *                   "tags": [],
                     *                   "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *                   "folder_time_created": 1764580000,
                     *                   "company_id": null,
                     *                   "image_id": null,
                     *                   "video_id": null,
                     *                   "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *                   "info": {
                     *                     "video": {
                     *                       "mime-type": "application/zip",
                     *                       "size": 800,
                     *                       "md5": null,
                     *                       "width": null,
                     *                       "height": null,
                     *                       "FPS": null,
                     *                       "duration": null
                     *                     }
                     *                   },
                     *                   "meta_data": {},
                     *                   "technical_meta_data": {}
                     *                 }
                     *               ],
                     *               "confs": {
                     *                 "extract_best_shot": true,
                     *                 "threshold_spoofing": 0.5
                     *               },
                     *               "collection": null,
                     *               "error_code": null,
                     *               "error_message": null,
                     *               "meta_data": {},
                     *               "technical_meta_data": {
                     *                 "class": "accepted",
                     *                 "measurements": [
                     *                   {
                     *                     "kind": "capture",
                     *                     "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                     "other_media_id": null,
                     *                     "raw": null,
                     *                     "frames": 0,
                     *                     "measures": {
                     *                       "face_width_px": 211.5
                     *                     },
                     *                     "hints": []
                     *                   },
                     *                   {
                     *                     "kind": "liveness",
                     *                     "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                     "other_media_id": null,
                     *                     "raw": 2.25,
                     *                     "frames": 12,
                     *                     "measures": {},
                     *                     "hints": [
                     *                       {
                     *                         "code": "edited_recording",
                     *                         "weight": 0.1
                     *                       }
                     *                     ]
                     *                   },
                     *                   {
                     *                     "kind": "liveness",
                     *                     "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                     "other_media_id": null,
                     *                     "raw": null,
                     *                     "frames": 3,
                     *                     "measures": {},
                     *                     "hints": []
                     *                   }
                     *                 ],
                     *                 "models": [
                     *                   {
                     *                     "name": "pad",
                     *                     "version": "1"
                     *                   }
                     *                 ],
                     *                 "profile": {
                     *                   "name": "default",
                     *                   "threshold": 0.5,
                     *                   "rates": {
                     *                     "bpcer": 0.02
                     *                   }
                     *                 },
                     *                 "reasons": [],
                     *                 "reasons_version": 6,
                     *                 "took_ms": 42
                     *               }
                     *             },
                     *             {
                     *               "time_created": 1764580003,
                     *               "time_updated": 1764580005,
                     *               "analyse_id": "e7000000-0000-4000-8000-000000000002",
                     *               "analysis_id": "e7000000-0000-4000-8000-000000000002",
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "group_id": "9b000000-0000-4000-8000-000000000001",
                     *               "type": "BIOMETRY",
                     *               "state": "FINISHED",
                     *               "resolution": "DECLINED",
                     *               "resolution_status": "DECLINED",
                     *               "resolution_operator": null,
                     *               "operator_id": null,
                     *               "operator_time": null,
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "results_media": [
                     *                 {
                     *                   "analysis_media_id": null,
                     *                   "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "source_shots_set_id": null,
                     *                   "source_image_id": null,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "VIDEO_FOLDER",
                     *                   "tags": [
                     *                     "video_selfie",
                     *                     "video_selfie_eyes"
                     *                   ],
                     *                   "results_data": {
                     *                     "min_confidence": 1.2e-7,
                     *                     "max_confidence": 1.2e-7
                     *                   },
                     *                   "output_images": [],
                     *                   "person_id": null,
                     *                   "collection_persons": []
                     *                 },
                     *                 {
                     *                   "analysis_media_id": null,
                     *                   "source_video_id": null,
                     *                   "source_shots_set_id": null,
                     *                   "source_image_id": "a1000000-0000-4000-8000-000000000002",
                     *                   "media_id": "a1000000-0000-4000-8000-000000000002",
                     *                   "media_type": "IMAGE_FOLDER",
                     *                   "tags": [],
                     *                   "results_data": {
                     *                     "min_confidence": 1.2e-7,
                     *                     "max_confidence": 1.2e-7
                     *                   },
                     *                   "output_images": [],
                     *                   "person_id": null,
                     *                   "collection_persons": []
                     *                 }
                     *               ],
                     *               "source_media": [
                     *                 {
                     *                   "time_created": 1764580001,
                     *                   "time_updated": 1764580002,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "VIDEO_FOLDER",
                     *                   "original_name": "selfie.mp4",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *                   "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *                   "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *                   "preview_url": null,
                     *                   "tags": [
                     *                     "video_selfie",
                     *                     "video_selfie_eyes"
                     *                   ],
                     *                   "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *                   "folder_time_created": 1764580000,
                     *                   "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *                   "image_id": null,
                     *                   "video_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "shots_set_id": null,
                     *                   "info": {
                     *                     "thumb": {
                     *                       "mime-type": "image/jpeg",
                     *                       "size": 900,
                     *                       "md5": null,
                     *                       "width": null,
                     *                       "height": null,
                     *                       "FPS": null,
                     *                       "duration": null
                     *                     },
                     *                     "video": {
                     *                       "mime-type": "video/mp4",
                     *                       "size": 5000,
                     *                       "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                       "width": 720,
                     *                       "height": 1280,
                     *                       "FPS": 29.97,
                     *                       "duration": 4.5
                     *                     }
                     *                   },
                     *                   "meta_data": {
                     *                     "note": "front"
                     *                   },
                     *                   "technical_meta_data": {}
                     *                 },
                     *                 {
                     *                   "time_created": 1764580001,
                     *                   "time_updated": 1764580001,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000002",
                     *                   "media_type": "IMAGE_FOLDER",
                     *                   "original_name": "id.png",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *                   "video_url": null,
                     *                   "thumb_url": null,
                     *                   "preview_url": null,
                     *                   "tags": [],
                     *                   "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *                   "folder_time_created": 1764580000,
                     *                   "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *                   "image_id": "a1000000-0000-4000-8000-000000000002",
                     *                   "video_id": null,
                     *                   "shots_set_id": null,
                     *                   "info": {
                     *                     "image": {
                     *                       "mime-type": "image/jpeg",
                     *                       "size": 700,
                     *                       "md5": null,
                     *                       "width": null,
                     *                       "height": null,
                     *                       "FPS": null,
                     *                       "duration": null
                     *                     }
                     *                   },
                     *                   "meta_data": {},
                     *                   "technical_meta_data": {}
                     *                 }
                     *               ],
                     *               "confs": {
                     *                 "threshold_max": 0.85,
                     *                 "threshold_min": 0.75
                     *               },
                     *               "collection": null,
                     *               "error_code": null,
                     *               "error_message": null,
                     *               "meta_data": {},
                     *               "technical_meta_data": {
                     *                 "class": "other_person",
                     *                 "measurements": [
                     *                   {
                     *                     "kind": "similarity",
                     *                     "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                     "other_media_id": "a1000000-0000-4000-8000-000000000002",
                     *                     "raw": -0.1,
                     *                     "frames": 0,
                     *                     "measures": {},
                     *                     "hints": []
                     *                   }
                     *                 ],
                     *                 "models": [
                     *                   {
                     *                     "name": "embedder",
                     *                     "version": "2"
                     *                   }
                     *                 ],
                     *                 "reasons": [
                     *                   {
                     *                     "code": "no_match",
                     *                     "advice": "The faces do not belong to the same person with enough certainty."
                     *                   }
                     *                 ],
                     *                 "reasons_version": 6,
                     *                 "took_ms": 0
                     *               }
                     *             },
                     *             {
                     *               "time_created": 1764580003,
                     *               "time_updated": 1764580005,
                     *               "analyse_id": "e7000000-0000-4000-8000-000000000003",
                     *               "analysis_id": "e7000000-0000-4000-8000-000000000003",
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "group_id": "9b000000-0000-4000-8000-000000000001",
                     *               "type": "DOCUMENTS",
                     *               "state": "FAILED",
                     *               "resolution": "FAILED",
                     *               "resolution_status": "FAILED",
                     *               "resolution_operator": null,
                     *               "operator_id": null,
                     *               "operator_time": null,
                     *               "results_data": {
                     *                 "text_fields": []
                     *               },
                     *               "results_media": [],
                     *               "source_media": [],
                     *               "confs": {
                     *                 "capabilities": 492
                     *               },
                     *               "collection": null,
                     *               "error_code": 2,
                     *               "error_message": "DOCUMENTS is not available",
                     *               "meta_data": {},
                     *               "technical_meta_data": {
                     *                 "class": "failed"
                     *               }
                     *             },
                     *             {
                     *               "time_created": 1764580003,
                     *               "time_updated": 1764580005,
                     *               "analyse_id": "e7000000-0000-4000-8000-000000000004",
                     *               "analysis_id": "e7000000-0000-4000-8000-000000000004",
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "group_id": "9b000000-0000-4000-8000-000000000001",
                     *               "type": "QUALITY",
                     *               "state": "PROCESSING",
                     *               "resolution": "PROCESSING",
                     *               "resolution_status": "PROCESSING",
                     *               "resolution_operator": null,
                     *               "operator_id": null,
                     *               "operator_time": null,
                     *               "results_data": {
                     *                 "confidence_spoofing": null
                     *               },
                     *               "results_media": [],
                     *               "source_media": [
                     *                 {
                     *                   "time_created": 1764580001,
                     *                   "time_updated": 1764580002,
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "VIDEO_FOLDER",
                     *                   "original_name": "selfie.mp4",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *                   "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *                   "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *                   "preview_url": null,
                     *                   "tags": [
                     *                     "video_selfie",
                     *                     "video_selfie_eyes"
                     *                   ],
                     *                   "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *                   "folder_time_created": 1764580000,
                     *                   "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *                   "image_id": null,
                     *                   "video_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "shots_set_id": null,
                     *                   "info": {
                     *                     "thumb": {
                     *                       "mime-type": "image/jpeg",
                     *                       "size": 900,
                     *                       "md5": null,
                     *                       "width": null,
                     *                       "height": null,
                     *                       "FPS": null,
                     *                       "duration": null
                     *                     },
                     *                     "video": {
                     *                       "mime-type": "video/mp4",
                     *                       "size": 5000,
                     *                       "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                       "width": 720,
                     *                       "height": 1280,
                     *                       "FPS": 29.97,
                     *                       "duration": 4.5
                     *                     }
                     *                   },
                     *                   "meta_data": {
                     *                     "note": "front"
                     *                   },
                     *                   "technical_meta_data": {}
                     *                 }
                     *               ],
                     *               "confs": {
                     *                 "extract_best_shot": false
                     *               },
                     *               "collection": null,
                     *               "error_code": null,
                     *               "error_message": null,
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "limit": 100,
                     *       "offset": 0,
                     *       "total_count": 1
                     *     }
                     */
                    "application/json": components["schemas"]["FolderPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createFolder: {
        parameters: {
            query?: {
                /** @description Session token of a capture, also as header X-Session-Token. */
                session_token?: string;
                /** @description Address that is told of the results, where no payload names one. */
                resolution_endpoint?: string;
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FolderIn"];
                "application/octet-stream": string;
                "multipart/form-data": {
                    payload?: components["schemas"]["FolderIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580009,
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *       "resolution_endpoint": "https://bank.example/hook",
                     *       "resolution_status": "FAILED",
                     *       "system_resolution": "FAILED",
                     *       "system_resolution_all": "FAILED",
                     *       "resolution_time": 1764580009,
                     *       "resolution_comment": "[]",
                     *       "resolution_author_id": null,
                     *       "resolution_state_hash": null,
                     *       "operator_status": null,
                     *       "operator_comment": null,
                     *       "operator_id": null,
                     *       "operator_time": null,
                     *       "is_cleared": false,
                     *       "meta_data": {
                     *         "amount": 100,
                     *         "name": "Жан \"<b>\" , : 日本",
                     *         "transaction_id": "T-2041"
                     *       },
                     *       "technical_meta_data": {},
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       },
                     *       "company": {
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "name": "Bank",
                     *         "in_deletion": false,
                     *         "technical_meta_data": {}
                     *       },
                     *       "media": [
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580002,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "original_name": "selfie.mp4",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *           "preview_url": null,
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": null,
                     *           "video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "thumb": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 900,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             },
                     *             "video": {
                     *               "mime-type": "video/mp4",
                     *               "size": 5000,
                     *               "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *               "width": 720,
                     *               "height": 1280,
                     *               "FPS": 29.97,
                     *               "duration": 4.5
                     *             }
                     *           },
                     *           "meta_data": {
                     *             "note": "front"
                     *           },
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000002",
                     *           "media_type": "IMAGE_FOLDER",
                     *           "original_name": "id.png",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *           "video_url": null,
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": "a1000000-0000-4000-8000-000000000002",
                     *           "video_id": null,
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "image": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 700,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "original_name": "s.zip",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": null,
                     *           "image_id": null,
                     *           "video_id": null,
                     *           "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "info": {
                     *             "video": {
                     *               "mime-type": "application/zip",
                     *               "size": 800,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ],
                     *       "analyses": [
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "FINISHED",
                     *           "resolution": "SUCCESS",
                     *           "resolution_status": "SUCCESS",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": 0.0213
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0.0213
                     *               },
                     *               "output_images": [
                     *                 {
                     *                   "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *                 }
                     *               ],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "original_name": "s.zip",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": null,
                     *               "image_id": null,
                     *               "video_id": null,
                     *               "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "info": {
                     *                 "video": {
                     *                   "mime-type": "application/zip",
                     *                   "size": 800,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": true,
                     *             "threshold_spoofing": 0.5
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "accepted",
                     *             "measurements": [
                     *               {
                     *                 "kind": "capture",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 0,
                     *                 "measures": {
                     *                   "face_width_px": 211.5
                     *                 },
                     *                 "hints": []
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": 2.25,
                     *                 "frames": 12,
                     *                 "measures": {},
                     *                 "hints": [
                     *                   {
                     *                     "code": "edited_recording",
                     *                     "weight": 0.1
                     *                   }
                     *                 ]
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 3,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "pad",
                     *                 "version": "1"
                     *               }
                     *             ],
                     *             "profile": {
                     *               "name": "default",
                     *               "threshold": 0.5,
                     *               "rates": {
                     *                 "bpcer": 0.02
                     *               }
                     *             },
                     *             "reasons": [],
                     *             "reasons_version": 6,
                     *             "took_ms": 42
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000002",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000002",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "BIOMETRY",
                     *           "state": "FINISHED",
                     *           "resolution": "DECLINED",
                     *           "resolution_status": "DECLINED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "min_confidence": 1.2e-7,
                     *             "max_confidence": 1.2e-7
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": null,
                     *               "source_image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "original_name": "id.png",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *               "video_url": null,
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "video_id": null,
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "image": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 700,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "threshold_max": 0.85,
                     *             "threshold_min": 0.75
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "other_person",
                     *             "measurements": [
                     *               {
                     *                 "kind": "similarity",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": "a1000000-0000-4000-8000-000000000002",
                     *                 "raw": -0.1,
                     *                 "frames": 0,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "embedder",
                     *                 "version": "2"
                     *               }
                     *             ],
                     *             "reasons": [
                     *               {
                     *                 "code": "no_match",
                     *                 "advice": "The faces do not belong to the same person with enough certainty."
                     *               }
                     *             ],
                     *             "reasons_version": 6,
                     *             "took_ms": 0
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000003",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000003",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "DOCUMENTS",
                     *           "state": "FAILED",
                     *           "resolution": "FAILED",
                     *           "resolution_status": "FAILED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "text_fields": []
                     *           },
                     *           "results_media": [],
                     *           "source_media": [],
                     *           "confs": {
                     *             "capabilities": 492
                     *           },
                     *           "collection": null,
                     *           "error_code": 2,
                     *           "error_message": "DOCUMENTS is not available",
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "failed"
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000004",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000004",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "PROCESSING",
                     *           "resolution": "PROCESSING",
                     *           "resolution_status": "PROCESSING",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": null
                     *           },
                     *           "results_media": [],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": false
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Folder"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    readFolder: {
        parameters: {
            query?: {
                /** @description Adds the analyses. */
                with_analyses?: boolean;
                /** @description Adds the user who made it, where the caller may read them. */
                with_user?: boolean;
                /** @description Adds the company. */
                with_company?: boolean;
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580009,
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *       "resolution_endpoint": "https://bank.example/hook",
                     *       "resolution_status": "FAILED",
                     *       "system_resolution": "FAILED",
                     *       "system_resolution_all": "FAILED",
                     *       "resolution_time": 1764580009,
                     *       "resolution_comment": "[]",
                     *       "resolution_author_id": null,
                     *       "resolution_state_hash": null,
                     *       "operator_status": null,
                     *       "operator_comment": null,
                     *       "operator_id": null,
                     *       "operator_time": null,
                     *       "is_cleared": false,
                     *       "meta_data": {
                     *         "amount": 100,
                     *         "name": "Жан \"<b>\" , : 日本",
                     *         "transaction_id": "T-2041"
                     *       },
                     *       "technical_meta_data": {},
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       },
                     *       "company": {
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "name": "Bank",
                     *         "in_deletion": false,
                     *         "technical_meta_data": {}
                     *       },
                     *       "media": [
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580002,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "original_name": "selfie.mp4",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *           "preview_url": null,
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": null,
                     *           "video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "thumb": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 900,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             },
                     *             "video": {
                     *               "mime-type": "video/mp4",
                     *               "size": 5000,
                     *               "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *               "width": 720,
                     *               "height": 1280,
                     *               "FPS": 29.97,
                     *               "duration": 4.5
                     *             }
                     *           },
                     *           "meta_data": {
                     *             "note": "front"
                     *           },
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000002",
                     *           "media_type": "IMAGE_FOLDER",
                     *           "original_name": "id.png",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *           "video_url": null,
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": "a1000000-0000-4000-8000-000000000002",
                     *           "video_id": null,
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "image": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 700,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "original_name": "s.zip",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": null,
                     *           "image_id": null,
                     *           "video_id": null,
                     *           "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "info": {
                     *             "video": {
                     *               "mime-type": "application/zip",
                     *               "size": 800,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ],
                     *       "analyses": [
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "FINISHED",
                     *           "resolution": "SUCCESS",
                     *           "resolution_status": "SUCCESS",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": 0.0213
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0.0213
                     *               },
                     *               "output_images": [
                     *                 {
                     *                   "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *                 }
                     *               ],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "original_name": "s.zip",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": null,
                     *               "image_id": null,
                     *               "video_id": null,
                     *               "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "info": {
                     *                 "video": {
                     *                   "mime-type": "application/zip",
                     *                   "size": 800,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": true,
                     *             "threshold_spoofing": 0.5
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "accepted",
                     *             "measurements": [
                     *               {
                     *                 "kind": "capture",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 0,
                     *                 "measures": {
                     *                   "face_width_px": 211.5
                     *                 },
                     *                 "hints": []
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": 2.25,
                     *                 "frames": 12,
                     *                 "measures": {},
                     *                 "hints": [
                     *                   {
                     *                     "code": "edited_recording",
                     *                     "weight": 0.1
                     *                   }
                     *                 ]
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 3,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "pad",
                     *                 "version": "1"
                     *               }
                     *             ],
                     *             "profile": {
                     *               "name": "default",
                     *               "threshold": 0.5,
                     *               "rates": {
                     *                 "bpcer": 0.02
                     *               }
                     *             },
                     *             "reasons": [],
                     *             "reasons_version": 6,
                     *             "took_ms": 42
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000002",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000002",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "BIOMETRY",
                     *           "state": "FINISHED",
                     *           "resolution": "DECLINED",
                     *           "resolution_status": "DECLINED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "min_confidence": 1.2e-7,
                     *             "max_confidence": 1.2e-7
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": null,
                     *               "source_image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "original_name": "id.png",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *               "video_url": null,
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "video_id": null,
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "image": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 700,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "threshold_max": 0.85,
                     *             "threshold_min": 0.75
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "other_person",
                     *             "measurements": [
                     *               {
                     *                 "kind": "similarity",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": "a1000000-0000-4000-8000-000000000002",
                     *                 "raw": -0.1,
                     *                 "frames": 0,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "embedder",
                     *                 "version": "2"
                     *               }
                     *             ],
                     *             "reasons": [
                     *               {
                     *                 "code": "no_match",
                     *                 "advice": "The faces do not belong to the same person with enough certainty."
                     *               }
                     *             ],
                     *             "reasons_version": 6,
                     *             "took_ms": 0
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000003",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000003",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "DOCUMENTS",
                     *           "state": "FAILED",
                     *           "resolution": "FAILED",
                     *           "resolution_status": "FAILED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "text_fields": []
                     *           },
                     *           "results_media": [],
                     *           "source_media": [],
                     *           "confs": {
                     *             "capabilities": 492
                     *           },
                     *           "collection": null,
                     *           "error_code": 2,
                     *           "error_message": "DOCUMENTS is not available",
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "failed"
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000004",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000004",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "PROCESSING",
                     *           "resolution": "PROCESSING",
                     *           "resolution_status": "PROCESSING",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": null
                     *           },
                     *           "results_media": [],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": false
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Folder"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteFolder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    changeFolder: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FolderChangeIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580009,
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *       "resolution_endpoint": "https://bank.example/hook",
                     *       "resolution_status": "FAILED",
                     *       "system_resolution": "FAILED",
                     *       "system_resolution_all": "FAILED",
                     *       "resolution_time": 1764580009,
                     *       "resolution_comment": "[]",
                     *       "resolution_author_id": null,
                     *       "resolution_state_hash": null,
                     *       "operator_status": null,
                     *       "operator_comment": null,
                     *       "operator_id": null,
                     *       "operator_time": null,
                     *       "is_cleared": false,
                     *       "meta_data": {
                     *         "amount": 100,
                     *         "name": "Жан \"<b>\" , : 日本",
                     *         "transaction_id": "T-2041"
                     *       },
                     *       "technical_meta_data": {},
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       },
                     *       "company": {
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "name": "Bank",
                     *         "in_deletion": false,
                     *         "technical_meta_data": {}
                     *       },
                     *       "media": [
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580002,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "original_name": "selfie.mp4",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *           "preview_url": null,
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": null,
                     *           "video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "thumb": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 900,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             },
                     *             "video": {
                     *               "mime-type": "video/mp4",
                     *               "size": 5000,
                     *               "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *               "width": 720,
                     *               "height": 1280,
                     *               "FPS": 29.97,
                     *               "duration": 4.5
                     *             }
                     *           },
                     *           "meta_data": {
                     *             "note": "front"
                     *           },
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000002",
                     *           "media_type": "IMAGE_FOLDER",
                     *           "original_name": "id.png",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *           "video_url": null,
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": "a1000000-0000-4000-8000-000000000002",
                     *           "video_id": null,
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "image": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 700,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "original_name": "s.zip",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": null,
                     *           "image_id": null,
                     *           "video_id": null,
                     *           "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "info": {
                     *             "video": {
                     *               "mime-type": "application/zip",
                     *               "size": 800,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ],
                     *       "analyses": [
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "FINISHED",
                     *           "resolution": "SUCCESS",
                     *           "resolution_status": "SUCCESS",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": 0.0213
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0.0213
                     *               },
                     *               "output_images": [
                     *                 {
                     *                   "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *                 }
                     *               ],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "original_name": "s.zip",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": null,
                     *               "image_id": null,
                     *               "video_id": null,
                     *               "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "info": {
                     *                 "video": {
                     *                   "mime-type": "application/zip",
                     *                   "size": 800,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": true,
                     *             "threshold_spoofing": 0.5
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "accepted",
                     *             "measurements": [
                     *               {
                     *                 "kind": "capture",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 0,
                     *                 "measures": {
                     *                   "face_width_px": 211.5
                     *                 },
                     *                 "hints": []
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": 2.25,
                     *                 "frames": 12,
                     *                 "measures": {},
                     *                 "hints": [
                     *                   {
                     *                     "code": "edited_recording",
                     *                     "weight": 0.1
                     *                   }
                     *                 ]
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 3,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "pad",
                     *                 "version": "1"
                     *               }
                     *             ],
                     *             "profile": {
                     *               "name": "default",
                     *               "threshold": 0.5,
                     *               "rates": {
                     *                 "bpcer": 0.02
                     *               }
                     *             },
                     *             "reasons": [],
                     *             "reasons_version": 6,
                     *             "took_ms": 42
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000002",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000002",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "BIOMETRY",
                     *           "state": "FINISHED",
                     *           "resolution": "DECLINED",
                     *           "resolution_status": "DECLINED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "min_confidence": 1.2e-7,
                     *             "max_confidence": 1.2e-7
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": null,
                     *               "source_image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "original_name": "id.png",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *               "video_url": null,
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "video_id": null,
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "image": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 700,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "threshold_max": 0.85,
                     *             "threshold_min": 0.75
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "other_person",
                     *             "measurements": [
                     *               {
                     *                 "kind": "similarity",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": "a1000000-0000-4000-8000-000000000002",
                     *                 "raw": -0.1,
                     *                 "frames": 0,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "embedder",
                     *                 "version": "2"
                     *               }
                     *             ],
                     *             "reasons": [
                     *               {
                     *                 "code": "no_match",
                     *                 "advice": "The faces do not belong to the same person with enough certainty."
                     *               }
                     *             ],
                     *             "reasons_version": 6,
                     *             "took_ms": 0
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000003",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000003",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "DOCUMENTS",
                     *           "state": "FAILED",
                     *           "resolution": "FAILED",
                     *           "resolution_status": "FAILED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "text_fields": []
                     *           },
                     *           "results_media": [],
                     *           "source_media": [],
                     *           "confs": {
                     *             "capabilities": 492
                     *           },
                     *           "collection": null,
                     *           "error_code": 2,
                     *           "error_message": "DOCUMENTS is not available",
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "failed"
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000004",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000004",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "PROCESSING",
                     *           "resolution": "PROCESSING",
                     *           "resolution_status": "PROCESSING",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": null
                     *           },
                     *           "results_media": [],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": false
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Folder"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listFolderAnalyses: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("analyse_id" | "analyse_id{asc}" | "analyse_id{desc}" | "analysis_id" | "analysis_id{asc}" | "analysis_id{desc}" | "folder_id" | "folder_id{asc}" | "folder_id{desc}" | "group_id" | "group_id{asc}" | "group_id{desc}" | "company_id" | "company_id{asc}" | "company_id{desc}" | "type" | "type{asc}" | "type{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                analyse_id?: string[];
                /** @description None of these. */
                "analyse_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                analysis_id?: string[];
                /** @description None of these. */
                "analysis_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                folder_id?: string[];
                /** @description None of these. */
                "folder_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                group_id?: string[];
                /** @description None of these. */
                "group_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                type?: ("QUALITY" | "BIOMETRY" | "COLLECTION" | "DOCUMENTS" | "null")[];
                /** @description None of these. */
                "type.exclude"?: ("QUALITY" | "BIOMETRY" | "COLLECTION" | "DOCUMENTS" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                state?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "state.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                resolution?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "resolution.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                resolution_status?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description None of these. */
                "resolution_status.exclude"?: ("INITIAL" | "PROCESSING" | "FAILED" | "FINISHED" | "SUCCESS" | "OPERATOR_REQUIRED" | "DECLINED" | "null")[];
                /** @description One of these, separated by commas. */
                reason?: ("no_face" | "several_faces" | "face_too_small" | "face_too_close" | "resolution_too_low" | "face_cut" | "face_turned" | "face_rolled" | "face_unclear" | "mouth_covered" | "eyes_covered" | "blurred" | "too_dark" | "too_bright" | "burnt_out" | "crushed" | "back_light" | "no_colour" | "artificial_border" | "too_few_frames" | "unreadable" | "presentation_attack" | "no_match" | "uncertain_match" | "listed" | "no_liveness_model" | "inconsistent" | "person_changed" | "frozen_frames" | "repeated_frames" | "no_sensor_noise" | "missing_timestamps" | "constant_timestamps" | "edited_recording" | "screen_recording" | "cut_recording" | "reused_media" | "reused_copy" | "gesture_missing" | "gesture_wrong" | "gesture_too_slow" | "gesture_no_baseline" | "gesture_unverified" | "frames_too_few" | "action_missing" | "action_out_of_order" | "injection_duplicate_frames" | "injection_time_order" | "injection_late")[];
                /** @description None of these. */
                "reason.exclude"?: ("no_face" | "several_faces" | "face_too_small" | "face_too_close" | "resolution_too_low" | "face_cut" | "face_turned" | "face_rolled" | "face_unclear" | "mouth_covered" | "eyes_covered" | "blurred" | "too_dark" | "too_bright" | "burnt_out" | "crushed" | "back_light" | "no_colour" | "artificial_border" | "too_few_frames" | "unreadable" | "presentation_attack" | "no_match" | "uncertain_match" | "listed" | "no_liveness_model" | "inconsistent" | "person_changed" | "frozen_frames" | "repeated_frames" | "no_sensor_noise" | "missing_timestamps" | "constant_timestamps" | "edited_recording" | "screen_recording" | "cut_recording" | "reused_media" | "reused_copy" | "gesture_missing" | "gesture_wrong" | "gesture_too_slow" | "gesture_no_baseline" | "gesture_unverified" | "frames_too_few" | "action_missing" | "action_out_of_order" | "injection_duplicate_frames" | "injection_time_order" | "injection_late")[];
                /** @description One of these, separated by commas; `null` means none. */
                class?: ("accepted" | "try_again" | "operator" | "failed" | "other_person" | "listed" | "injection" | "attack" | "null")[];
                /** @description None of these. */
                "class.exclude"?: ("accepted" | "try_again" | "operator" | "failed" | "other_person" | "listed" | "injection" | "attack" | "null")[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
                /** @description Conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most 8. */
                meta_data?: string[];
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "time_created": 1764580003,
                     *         "time_updated": 1764580005,
                     *         "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *         "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *         "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *         "folder_time_created": 1764580000,
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "group_id": "9b000000-0000-4000-8000-000000000001",
                     *         "type": "QUALITY",
                     *         "state": "FINISHED",
                     *         "resolution": "SUCCESS",
                     *         "resolution_status": "SUCCESS",
                     *         "resolution_operator": null,
                     *         "operator_id": null,
                     *         "operator_time": null,
                     *         "results_data": {
                     *           "confidence_spoofing": 0.0213
                     *         },
                     *         "results_media": [
                     *           {
                     *             "analysis_media_id": null,
                     *             "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *             "source_shots_set_id": null,
                     *             "source_image_id": null,
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "media_type": "VIDEO_FOLDER",
                     *             "tags": [
                     *               "video_selfie",
                     *               "video_selfie_eyes"
                     *             ],
                     *             "results_data": {
                     *               "confidence_spoofing": 0.0213
                     *             },
                     *             "output_images": [
                     *               {
                     *                 "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                 "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *               }
                     *             ],
                     *             "person_id": null,
                     *             "collection_persons": []
                     *           },
                     *           {
                     *             "analysis_media_id": null,
                     *             "source_video_id": null,
                     *             "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *             "source_image_id": null,
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "media_type": "SHOTS_SET_FOLDER",
                     *             "tags": [],
                     *             "results_data": {
                     *               "confidence_spoofing": 0
                     *             },
                     *             "output_images": [],
                     *             "person_id": null,
                     *             "collection_persons": []
                     *           }
                     *         ],
                     *         "source_media": [
                     *           {
                     *             "time_created": 1764580001,
                     *             "time_updated": 1764580002,
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "media_type": "VIDEO_FOLDER",
                     *             "original_name": "selfie.mp4",
                     *             "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *             "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *             "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *             "preview_url": null,
                     *             "tags": [
                     *               "video_selfie",
                     *               "video_selfie_eyes"
                     *             ],
                     *             "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *             "folder_time_created": 1764580000,
                     *             "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *             "image_id": null,
                     *             "video_id": "a1000000-0000-4000-8000-000000000001",
                     *             "shots_set_id": null,
                     *             "info": {
                     *               "thumb": {
                     *                 "mime-type": "image/jpeg",
                     *                 "size": 900,
                     *                 "md5": null,
                     *                 "width": null,
                     *                 "height": null,
                     *                 "FPS": null,
                     *                 "duration": null
                     *               },
                     *               "video": {
                     *                 "mime-type": "video/mp4",
                     *                 "size": 5000,
                     *                 "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                 "width": 720,
                     *                 "height": 1280,
                     *                 "FPS": 29.97,
                     *                 "duration": 4.5
                     *               }
                     *             },
                     *             "meta_data": {
                     *               "note": "front"
                     *             },
                     *             "technical_meta_data": {}
                     *           },
                     *           {
                     *             "time_created": 1764580001,
                     *             "time_updated": 1764580001,
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "media_type": "SHOTS_SET_FOLDER",
                     *             "original_name": "s.zip",
                     *             "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *             "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *             "thumb_url": null,
                     *             "preview_url": null,
                     *             "tags": [],
                     *             "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *             "folder_time_created": 1764580000,
                     *             "company_id": null,
                     *             "image_id": null,
                     *             "video_id": null,
                     *             "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *             "info": {
                     *               "video": {
                     *                 "mime-type": "application/zip",
                     *                 "size": 800,
                     *                 "md5": null,
                     *                 "width": null,
                     *                 "height": null,
                     *                 "FPS": null,
                     *                 "duration": null
                     *               }
                     *             },
                     *             "meta_data": {},
                     *             "technical_meta_data": {}
                     *           }
                     *         ],
                     *         "confs": {
                     *           "extract_best_shot": true,
                     *           "threshold_spoofing": 0.5
                     *         },
                     *         "collection": null,
                     *         "error_code": null,
                     *         "error_message": null,
                     *         "meta_data": {},
                     *         "technical_meta_data": {
                     *           "class": "accepted",
                     *           "measurements": [
                     *             {
                     *               "kind": "capture",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "other_media_id": null,
                     *               "raw": null,
                     *               "frames": 0,
                     *               "measures": {
                     *                 "face_width_px": 211.5
                     *               },
                     *               "hints": []
                     *             },
                     *             {
                     *               "kind": "liveness",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "other_media_id": null,
                     *               "raw": 2.25,
                     *               "frames": 12,
                     *               "measures": {},
                     *               "hints": [
                     *                 {
                     *                   "code": "edited_recording",
                     *                   "weight": 0.1
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "kind": "liveness",
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "other_media_id": null,
                     *               "raw": null,
                     *               "frames": 3,
                     *               "measures": {},
                     *               "hints": []
                     *             }
                     *           ],
                     *           "models": [
                     *             {
                     *               "name": "pad",
                     *               "version": "1"
                     *             }
                     *           ],
                     *           "profile": {
                     *             "name": "default",
                     *             "threshold": 0.5,
                     *             "rates": {
                     *               "bpcer": 0.02
                     *             }
                     *           },
                     *           "reasons": [],
                     *           "reasons_version": 6,
                     *           "took_ms": 42
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Analysis"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    orderAnalyses: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrdersIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "time_created": 1764580003,
                     *         "time_updated": 1764580005,
                     *         "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *         "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *         "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *         "folder_time_created": 1764580000,
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "group_id": "9b000000-0000-4000-8000-000000000001",
                     *         "type": "QUALITY",
                     *         "state": "FINISHED",
                     *         "resolution": "SUCCESS",
                     *         "resolution_status": "SUCCESS",
                     *         "resolution_operator": null,
                     *         "operator_id": null,
                     *         "operator_time": null,
                     *         "results_data": {
                     *           "confidence_spoofing": 0.0213
                     *         },
                     *         "results_media": [
                     *           {
                     *             "analysis_media_id": null,
                     *             "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *             "source_shots_set_id": null,
                     *             "source_image_id": null,
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "media_type": "VIDEO_FOLDER",
                     *             "tags": [
                     *               "video_selfie",
                     *               "video_selfie_eyes"
                     *             ],
                     *             "results_data": {
                     *               "confidence_spoofing": 0.0213
                     *             },
                     *             "output_images": [
                     *               {
                     *                 "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                 "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *               }
                     *             ],
                     *             "person_id": null,
                     *             "collection_persons": []
                     *           },
                     *           {
                     *             "analysis_media_id": null,
                     *             "source_video_id": null,
                     *             "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *             "source_image_id": null,
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "media_type": "SHOTS_SET_FOLDER",
                     *             "tags": [],
                     *             "results_data": {
                     *               "confidence_spoofing": 0
                     *             },
                     *             "output_images": [],
                     *             "person_id": null,
                     *             "collection_persons": []
                     *           }
                     *         ],
                     *         "source_media": [
                     *           {
                     *             "time_created": 1764580001,
                     *             "time_updated": 1764580002,
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "media_type": "VIDEO_FOLDER",
                     *             "original_name": "selfie.mp4",
                     *             "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *             "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *             "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *             "preview_url": null,
                     *             "tags": [
                     *               "video_selfie",
                     *               "video_selfie_eyes"
                     *             ],
                     *             "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *             "folder_time_created": 1764580000,
                     *             "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *             "image_id": null,
                     *             "video_id": "a1000000-0000-4000-8000-000000000001",
                     *             "shots_set_id": null,
                     *             "info": {
                     *               "thumb": {
                     *                 "mime-type": "image/jpeg",
                     *                 "size": 900,
                     *                 "md5": null,
                     *                 "width": null,
                     *                 "height": null,
                     *                 "FPS": null,
                     *                 "duration": null
                     *               },
                     *               "video": {
                     *                 "mime-type": "video/mp4",
                     *                 "size": 5000,
                     *                 "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                 "width": 720,
                     *                 "height": 1280,
                     *                 "FPS": 29.97,
                     *                 "duration": 4.5
                     *               }
                     *             },
                     *             "meta_data": {
                     *               "note": "front"
                     *             },
                     *             "technical_meta_data": {}
                     *           },
                     *           {
                     *             "time_created": 1764580001,
                     *             "time_updated": 1764580001,
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "media_type": "SHOTS_SET_FOLDER",
                     *             "original_name": "s.zip",
                     *             "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *             "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *             "thumb_url": null,
                     *             "preview_url": null,
                     *             "tags": [],
                     *             "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *             "folder_time_created": 1764580000,
                     *             "company_id": null,
                     *             "image_id": null,
                     *             "video_id": null,
                     *             "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *             "info": {
                     *               "video": {
                     *                 "mime-type": "application/zip",
                     *                 "size": 800,
                     *                 "md5": null,
                     *                 "width": null,
                     *                 "height": null,
                     *                 "FPS": null,
                     *                 "duration": null
                     *               }
                     *             },
                     *             "meta_data": {},
                     *             "technical_meta_data": {}
                     *           }
                     *         ],
                     *         "confs": {
                     *           "extract_best_shot": true,
                     *           "threshold_spoofing": 0.5
                     *         },
                     *         "collection": null,
                     *         "error_code": null,
                     *         "error_message": null,
                     *         "meta_data": {},
                     *         "technical_meta_data": {
                     *           "class": "accepted",
                     *           "measurements": [
                     *             {
                     *               "kind": "capture",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "other_media_id": null,
                     *               "raw": null,
                     *               "frames": 0,
                     *               "measures": {
                     *                 "face_width_px": 211.5
                     *               },
                     *               "hints": []
                     *             },
                     *             {
                     *               "kind": "liveness",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "other_media_id": null,
                     *               "raw": 2.25,
                     *               "frames": 12,
                     *               "measures": {},
                     *               "hints": [
                     *                 {
                     *                   "code": "edited_recording",
                     *                   "weight": 0.1
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "kind": "liveness",
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "other_media_id": null,
                     *               "raw": null,
                     *               "frames": 3,
                     *               "measures": {},
                     *               "hints": []
                     *             }
                     *           ],
                     *           "models": [
                     *             {
                     *               "name": "pad",
                     *               "version": "1"
                     *             }
                     *           ],
                     *           "profile": {
                     *             "name": "default",
                     *             "threshold": 0.5,
                     *             "rates": {
                     *               "bpcer": 0.02
                     *             }
                     *           },
                     *           "reasons": [],
                     *           "reasons_version": 6,
                     *           "took_ms": 42
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Analysis"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    startAnalyses: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "time_created": 1764580003,
                     *         "time_updated": 1764580005,
                     *         "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *         "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *         "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *         "folder_time_created": 1764580000,
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "group_id": "9b000000-0000-4000-8000-000000000001",
                     *         "type": "QUALITY",
                     *         "state": "FINISHED",
                     *         "resolution": "SUCCESS",
                     *         "resolution_status": "SUCCESS",
                     *         "resolution_operator": null,
                     *         "operator_id": null,
                     *         "operator_time": null,
                     *         "results_data": {
                     *           "confidence_spoofing": 0.0213
                     *         },
                     *         "results_media": [
                     *           {
                     *             "analysis_media_id": null,
                     *             "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *             "source_shots_set_id": null,
                     *             "source_image_id": null,
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "media_type": "VIDEO_FOLDER",
                     *             "tags": [
                     *               "video_selfie",
                     *               "video_selfie_eyes"
                     *             ],
                     *             "results_data": {
                     *               "confidence_spoofing": 0.0213
                     *             },
                     *             "output_images": [
                     *               {
                     *                 "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                 "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *               }
                     *             ],
                     *             "person_id": null,
                     *             "collection_persons": []
                     *           },
                     *           {
                     *             "analysis_media_id": null,
                     *             "source_video_id": null,
                     *             "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *             "source_image_id": null,
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "media_type": "SHOTS_SET_FOLDER",
                     *             "tags": [],
                     *             "results_data": {
                     *               "confidence_spoofing": 0
                     *             },
                     *             "output_images": [],
                     *             "person_id": null,
                     *             "collection_persons": []
                     *           }
                     *         ],
                     *         "source_media": [
                     *           {
                     *             "time_created": 1764580001,
                     *             "time_updated": 1764580002,
                     *             "media_id": "a1000000-0000-4000-8000-000000000001",
                     *             "media_type": "VIDEO_FOLDER",
                     *             "original_name": "selfie.mp4",
                     *             "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *             "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *             "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *             "preview_url": null,
                     *             "tags": [
                     *               "video_selfie",
                     *               "video_selfie_eyes"
                     *             ],
                     *             "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *             "folder_time_created": 1764580000,
                     *             "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *             "image_id": null,
                     *             "video_id": "a1000000-0000-4000-8000-000000000001",
                     *             "shots_set_id": null,
                     *             "info": {
                     *               "thumb": {
                     *                 "mime-type": "image/jpeg",
                     *                 "size": 900,
                     *                 "md5": null,
                     *                 "width": null,
                     *                 "height": null,
                     *                 "FPS": null,
                     *                 "duration": null
                     *               },
                     *               "video": {
                     *                 "mime-type": "video/mp4",
                     *                 "size": 5000,
                     *                 "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                 "width": 720,
                     *                 "height": 1280,
                     *                 "FPS": 29.97,
                     *                 "duration": 4.5
                     *               }
                     *             },
                     *             "meta_data": {
                     *               "note": "front"
                     *             },
                     *             "technical_meta_data": {}
                     *           },
                     *           {
                     *             "time_created": 1764580001,
                     *             "time_updated": 1764580001,
                     *             "media_id": "a1000000-0000-4000-8000-000000000003",
                     *             "media_type": "SHOTS_SET_FOLDER",
                     *             "original_name": "s.zip",
                     *             "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *             "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *             "thumb_url": null,
                     *             "preview_url": null,
                     *             "tags": [],
                     *             "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *             "folder_time_created": 1764580000,
                     *             "company_id": null,
                     *             "image_id": null,
                     *             "video_id": null,
                     *             "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *             "info": {
                     *               "video": {
                     *                 "mime-type": "application/zip",
                     *                 "size": 800,
                     *                 "md5": null,
                     *                 "width": null,
                     *                 "height": null,
                     *                 "FPS": null,
                     *                 "duration": null
                     *               }
                     *             },
                     *             "meta_data": {},
                     *             "technical_meta_data": {}
                     *           }
                     *         ],
                     *         "confs": {
                     *           "extract_best_shot": true,
                     *           "threshold_spoofing": 0.5
                     *         },
                     *         "collection": null,
                     *         "error_code": null,
                     *         "error_message": null,
                     *         "meta_data": {},
                     *         "technical_meta_data": {
                     *           "class": "accepted",
                     *           "measurements": [
                     *             {
                     *               "kind": "capture",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "other_media_id": null,
                     *               "raw": null,
                     *               "frames": 0,
                     *               "measures": {
                     *                 "face_width_px": 211.5
                     *               },
                     *               "hints": []
                     *             },
                     *             {
                     *               "kind": "liveness",
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "other_media_id": null,
                     *               "raw": 2.25,
                     *               "frames": 12,
                     *               "measures": {},
                     *               "hints": [
                     *                 {
                     *                   "code": "edited_recording",
                     *                   "weight": 0.1
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "kind": "liveness",
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "other_media_id": null,
                     *               "raw": null,
                     *               "frames": 3,
                     *               "measures": {},
                     *               "hints": []
                     *             }
                     *           ],
                     *           "models": [
                     *             {
                     *               "name": "pad",
                     *               "version": "1"
                     *             }
                     *           ],
                     *           "profile": {
                     *             "name": "default",
                     *             "threshold": 0.5,
                     *             "rates": {
                     *               "bpcer": 0.02
                     *             }
                     *           },
                     *           "reasons": [],
                     *           "reasons_version": 6,
                     *           "took_ms": 42
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Analysis"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listFolderEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventSession"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "time_created": 1764580001,
                     *         "time_updated": 1764580002,
                     *         "media_id": "a1000000-0000-4000-8000-000000000001",
                     *         "media_type": "VIDEO_FOLDER",
                     *         "original_name": "selfie.mp4",
                     *         "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *         "preview_url": null,
                     *         "tags": [
                     *           "video_selfie",
                     *           "video_selfie_eyes"
                     *         ],
                     *         "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *         "folder_time_created": 1764580000,
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "image_id": null,
                     *         "video_id": "a1000000-0000-4000-8000-000000000001",
                     *         "shots_set_id": null,
                     *         "info": {
                     *           "thumb": {
                     *             "mime-type": "image/jpeg",
                     *             "size": 900,
                     *             "md5": null,
                     *             "width": null,
                     *             "height": null,
                     *             "FPS": null,
                     *             "duration": null
                     *           },
                     *           "video": {
                     *             "mime-type": "video/mp4",
                     *             "size": 5000,
                     *             "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *             "width": 720,
                     *             "height": 1280,
                     *             "FPS": 29.97,
                     *             "duration": 4.5
                     *           }
                     *         },
                     *         "meta_data": {
                     *           "note": "front"
                     *         },
                     *         "technical_meta_data": {}
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Media"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    addImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    payload?: components["schemas"]["FolderIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "time_created": 1764580001,
                     *         "time_updated": 1764580002,
                     *         "media_id": "a1000000-0000-4000-8000-000000000001",
                     *         "media_type": "VIDEO_FOLDER",
                     *         "original_name": "selfie.mp4",
                     *         "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *         "preview_url": null,
                     *         "tags": [
                     *           "video_selfie",
                     *           "video_selfie_eyes"
                     *         ],
                     *         "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *         "folder_time_created": 1764580000,
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "image_id": null,
                     *         "video_id": "a1000000-0000-4000-8000-000000000001",
                     *         "shots_set_id": null,
                     *         "info": {
                     *           "thumb": {
                     *             "mime-type": "image/jpeg",
                     *             "size": 900,
                     *             "md5": null,
                     *             "width": null,
                     *             "height": null,
                     *             "FPS": null,
                     *             "duration": null
                     *           },
                     *           "video": {
                     *             "mime-type": "video/mp4",
                     *             "size": 5000,
                     *             "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *             "width": 720,
                     *             "height": 1280,
                     *             "FPS": 29.97,
                     *             "duration": 4.5
                     *           }
                     *         },
                     *         "meta_data": {
                     *           "note": "front"
                     *         },
                     *         "technical_meta_data": {}
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Media"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    readImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
                /** @description Identifier of the Media. */
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580001,
                     *       "time_updated": 1764580002,
                     *       "media_id": "a1000000-0000-4000-8000-000000000001",
                     *       "media_type": "VIDEO_FOLDER",
                     *       "original_name": "selfie.mp4",
                     *       "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *       "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *       "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *       "preview_url": null,
                     *       "tags": [
                     *         "video_selfie",
                     *         "video_selfie_eyes"
                     *       ],
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "folder_time_created": 1764580000,
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "image_id": null,
                     *       "video_id": "a1000000-0000-4000-8000-000000000001",
                     *       "shots_set_id": null,
                     *       "info": {
                     *         "thumb": {
                     *           "mime-type": "image/jpeg",
                     *           "size": 900,
                     *           "md5": null,
                     *           "width": null,
                     *           "height": null,
                     *           "FPS": null,
                     *           "duration": null
                     *         },
                     *         "video": {
                     *           "mime-type": "video/mp4",
                     *           "size": 5000,
                     *           "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *           "width": 720,
                     *           "height": 1280,
                     *           "FPS": 29.97,
                     *           "duration": 4.5
                     *         }
                     *       },
                     *       "meta_data": {
                     *         "note": "front"
                     *       },
                     *       "technical_meta_data": {}
                     *     }
                     */
                    "application/json": components["schemas"]["Media"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
                /** @description Identifier of the Media. */
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listFolderMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "time_created": 1764580001,
                     *         "time_updated": 1764580002,
                     *         "media_id": "a1000000-0000-4000-8000-000000000001",
                     *         "media_type": "VIDEO_FOLDER",
                     *         "original_name": "selfie.mp4",
                     *         "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *         "preview_url": null,
                     *         "tags": [
                     *           "video_selfie",
                     *           "video_selfie_eyes"
                     *         ],
                     *         "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *         "folder_time_created": 1764580000,
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "image_id": null,
                     *         "video_id": "a1000000-0000-4000-8000-000000000001",
                     *         "shots_set_id": null,
                     *         "info": {
                     *           "thumb": {
                     *             "mime-type": "image/jpeg",
                     *             "size": 900,
                     *             "md5": null,
                     *             "width": null,
                     *             "height": null,
                     *             "FPS": null,
                     *             "duration": null
                     *           },
                     *           "video": {
                     *             "mime-type": "video/mp4",
                     *             "size": 5000,
                     *             "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *             "width": 720,
                     *             "height": 1280,
                     *             "FPS": 29.97,
                     *             "duration": 4.5
                     *           }
                     *         },
                     *         "meta_data": {
                     *           "note": "front"
                     *         },
                     *         "technical_meta_data": {}
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Media"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    addMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    payload?: components["schemas"]["FolderIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "time_created": 1764580001,
                     *         "time_updated": 1764580002,
                     *         "media_id": "a1000000-0000-4000-8000-000000000001",
                     *         "media_type": "VIDEO_FOLDER",
                     *         "original_name": "selfie.mp4",
                     *         "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *         "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *         "preview_url": null,
                     *         "tags": [
                     *           "video_selfie",
                     *           "video_selfie_eyes"
                     *         ],
                     *         "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *         "folder_time_created": 1764580000,
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "image_id": null,
                     *         "video_id": "a1000000-0000-4000-8000-000000000001",
                     *         "shots_set_id": null,
                     *         "info": {
                     *           "thumb": {
                     *             "mime-type": "image/jpeg",
                     *             "size": 900,
                     *             "md5": null,
                     *             "width": null,
                     *             "height": null,
                     *             "FPS": null,
                     *             "duration": null
                     *           },
                     *           "video": {
                     *             "mime-type": "video/mp4",
                     *             "size": 5000,
                     *             "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *             "width": 720,
                     *             "height": 1280,
                     *             "FPS": 29.97,
                     *             "duration": 4.5
                     *           }
                     *         },
                     *         "meta_data": {
                     *           "note": "front"
                     *         },
                     *         "technical_meta_data": {}
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Media"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    readFolderMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    replaceFolderMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    clearFolderMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    mergeFolderMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listReports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    makeReport: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReportIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listFolderDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Folder. */
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    judgeFolder: {
        parameters: {
            query?: {
                /** @description Session token of a capture, also as header X-Session-Token. */
                session_token?: string;
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstantIn"];
                "application/octet-stream": string;
                "multipart/form-data": {
                    payload: components["schemas"]["InstantIn"];
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580000,
                     *       "time_updated": 1764580009,
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *       "resolution_endpoint": "https://bank.example/hook",
                     *       "resolution_status": "FAILED",
                     *       "system_resolution": "FAILED",
                     *       "system_resolution_all": "FAILED",
                     *       "resolution_time": 1764580009,
                     *       "resolution_comment": "[]",
                     *       "resolution_author_id": null,
                     *       "resolution_state_hash": null,
                     *       "operator_status": null,
                     *       "operator_comment": null,
                     *       "operator_id": null,
                     *       "operator_time": null,
                     *       "is_cleared": false,
                     *       "meta_data": {
                     *         "amount": 100,
                     *         "name": "Жан \"<b>\" , : 日本",
                     *         "transaction_id": "T-2041"
                     *       },
                     *       "technical_meta_data": {},
                     *       "user": {
                     *         "user_id": "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
                     *         "user_type": "CLIENT_ADMIN",
                     *         "first_name": "Ada",
                     *         "last_name": "Ünal <&>",
                     *         "middle_name": null,
                     *         "email": "a.user@bank.example",
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "is_admin": true,
                     *         "is_service": false,
                     *         "is_active": true,
                     *         "can_start_analyse_biometry": true,
                     *         "can_start_analyse_collection": false,
                     *         "can_start_analyse_documents": false,
                     *         "can_start_analyse_quality": true,
                     *         "can_start_analyze_biometry": true,
                     *         "can_start_analyze_collection": false,
                     *         "can_start_analyze_documents": false,
                     *         "can_start_analyze_quality": true
                     *       },
                     *       "company": {
                     *         "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *         "name": "Bank",
                     *         "in_deletion": false,
                     *         "technical_meta_data": {}
                     *       },
                     *       "media": [
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580002,
                     *           "media_id": "a1000000-0000-4000-8000-000000000001",
                     *           "media_type": "VIDEO_FOLDER",
                     *           "original_name": "selfie.mp4",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *           "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *           "preview_url": null,
                     *           "tags": [
                     *             "video_selfie",
                     *             "video_selfie_eyes"
                     *           ],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": null,
                     *           "video_id": "a1000000-0000-4000-8000-000000000001",
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "thumb": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 900,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             },
                     *             "video": {
                     *               "mime-type": "video/mp4",
                     *               "size": 5000,
                     *               "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *               "width": 720,
                     *               "height": 1280,
                     *               "FPS": 29.97,
                     *               "duration": 4.5
                     *             }
                     *           },
                     *           "meta_data": {
                     *             "note": "front"
                     *           },
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000002",
                     *           "media_type": "IMAGE_FOLDER",
                     *           "original_name": "id.png",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *           "video_url": null,
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "image_id": "a1000000-0000-4000-8000-000000000002",
                     *           "video_id": null,
                     *           "shots_set_id": null,
                     *           "info": {
                     *             "image": {
                     *               "mime-type": "image/jpeg",
                     *               "size": 700,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         },
                     *         {
                     *           "time_created": 1764580001,
                     *           "time_updated": 1764580001,
                     *           "media_id": "a1000000-0000-4000-8000-000000000003",
                     *           "media_type": "SHOTS_SET_FOLDER",
                     *           "original_name": "s.zip",
                     *           "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *           "thumb_url": null,
                     *           "preview_url": null,
                     *           "tags": [],
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": null,
                     *           "image_id": null,
                     *           "video_id": null,
                     *           "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *           "info": {
                     *             "video": {
                     *               "mime-type": "application/zip",
                     *               "size": 800,
                     *               "md5": null,
                     *               "width": null,
                     *               "height": null,
                     *               "FPS": null,
                     *               "duration": null
                     *             }
                     *           },
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ],
                     *       "analyses": [
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000001",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000001",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "FINISHED",
                     *           "resolution": "SUCCESS",
                     *           "resolution_status": "SUCCESS",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": 0.0213
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0.0213
                     *               },
                     *               "output_images": [
                     *                 {
                     *                   "image_id": "ca3842ff-1bf0-4fb6-b273-1dc409b5c3e6",
                     *                   "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                   "media_type": "IMAGE_RESULT_ANALYSIS_SINGLE",
                     *                   "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/best.jpg"
                     *                 }
                     *               ],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "confidence_spoofing": 0
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000003",
                     *               "media_type": "SHOTS_SET_FOLDER",
                     *               "original_name": "s.zip",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/z.zip",
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": null,
                     *               "image_id": null,
                     *               "video_id": null,
                     *               "shots_set_id": "a1000000-0000-4000-8000-000000000003",
                     *               "info": {
                     *                 "video": {
                     *                   "mime-type": "application/zip",
                     *                   "size": 800,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": true,
                     *             "threshold_spoofing": 0.5
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "accepted",
                     *             "measurements": [
                     *               {
                     *                 "kind": "capture",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 0,
                     *                 "measures": {
                     *                   "face_width_px": 211.5
                     *                 },
                     *                 "hints": []
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": null,
                     *                 "raw": 2.25,
                     *                 "frames": 12,
                     *                 "measures": {},
                     *                 "hints": [
                     *                   {
                     *                     "code": "edited_recording",
                     *                     "weight": 0.1
                     *                   }
                     *                 ]
                     *               },
                     *               {
                     *                 "kind": "liveness",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000003",
                     *                 "other_media_id": null,
                     *                 "raw": null,
                     *                 "frames": 3,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "pad",
                     *                 "version": "1"
                     *               }
                     *             ],
                     *             "profile": {
                     *               "name": "default",
                     *               "threshold": 0.5,
                     *               "rates": {
                     *                 "bpcer": 0.02
                     *               }
                     *             },
                     *             "reasons": [],
                     *             "reasons_version": 6,
                     *             "took_ms": 42
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000002",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000002",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "BIOMETRY",
                     *           "state": "FINISHED",
                     *           "resolution": "DECLINED",
                     *           "resolution_status": "DECLINED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "min_confidence": 1.2e-7,
                     *             "max_confidence": 1.2e-7
                     *           },
                     *           "results_media": [
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "source_shots_set_id": null,
                     *               "source_image_id": null,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             },
                     *             {
                     *               "analysis_media_id": null,
                     *               "source_video_id": null,
                     *               "source_shots_set_id": null,
                     *               "source_image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "tags": [],
                     *               "results_data": {
                     *                 "min_confidence": 1.2e-7,
                     *                 "max_confidence": 1.2e-7
                     *               },
                     *               "output_images": [],
                     *               "person_id": null,
                     *               "collection_persons": []
                     *             }
                     *           ],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             },
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580001,
                     *               "media_id": "a1000000-0000-4000-8000-000000000002",
                     *               "media_type": "IMAGE_FOLDER",
                     *               "original_name": "id.png",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/i.jpg",
                     *               "video_url": null,
                     *               "thumb_url": null,
                     *               "preview_url": null,
                     *               "tags": [],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": "a1000000-0000-4000-8000-000000000002",
                     *               "video_id": null,
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "image": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 700,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 }
                     *               },
                     *               "meta_data": {},
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "threshold_max": 0.85,
                     *             "threshold_min": 0.75
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "other_person",
                     *             "measurements": [
                     *               {
                     *                 "kind": "similarity",
                     *                 "media_id": "a1000000-0000-4000-8000-000000000001",
                     *                 "other_media_id": "a1000000-0000-4000-8000-000000000002",
                     *                 "raw": -0.1,
                     *                 "frames": 0,
                     *                 "measures": {},
                     *                 "hints": []
                     *               }
                     *             ],
                     *             "models": [
                     *               {
                     *                 "name": "embedder",
                     *                 "version": "2"
                     *               }
                     *             ],
                     *             "reasons": [
                     *               {
                     *                 "code": "no_match",
                     *                 "advice": "The faces do not belong to the same person with enough certainty."
                     *               }
                     *             ],
                     *             "reasons_version": 6,
                     *             "took_ms": 0
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000003",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000003",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "DOCUMENTS",
                     *           "state": "FAILED",
                     *           "resolution": "FAILED",
                     *           "resolution_status": "FAILED",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "text_fields": []
                     *           },
                     *           "results_media": [],
                     *           "source_media": [],
                     *           "confs": {
                     *             "capabilities": 492
                     *           },
                     *           "collection": null,
                     *           "error_code": 2,
                     *           "error_message": "DOCUMENTS is not available",
                     *           "meta_data": {},
                     *           "technical_meta_data": {
                     *             "class": "failed"
                     *           }
                     *         },
                     *         {
                     *           "time_created": 1764580003,
                     *           "time_updated": 1764580005,
                     *           "analyse_id": "e7000000-0000-4000-8000-000000000004",
                     *           "analysis_id": "e7000000-0000-4000-8000-000000000004",
                     *           "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *           "folder_time_created": 1764580000,
                     *           "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *           "group_id": "9b000000-0000-4000-8000-000000000001",
                     *           "type": "QUALITY",
                     *           "state": "PROCESSING",
                     *           "resolution": "PROCESSING",
                     *           "resolution_status": "PROCESSING",
                     *           "resolution_operator": null,
                     *           "operator_id": null,
                     *           "operator_time": null,
                     *           "results_data": {
                     *             "confidence_spoofing": null
                     *           },
                     *           "results_media": [],
                     *           "source_media": [
                     *             {
                     *               "time_created": 1764580001,
                     *               "time_updated": 1764580002,
                     *               "media_id": "a1000000-0000-4000-8000-000000000001",
                     *               "media_type": "VIDEO_FOLDER",
                     *               "original_name": "selfie.mp4",
                     *               "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *               "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *               "preview_url": null,
                     *               "tags": [
                     *                 "video_selfie",
                     *                 "video_selfie_eyes"
                     *               ],
                     *               "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *               "folder_time_created": 1764580000,
                     *               "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *               "image_id": null,
                     *               "video_id": "a1000000-0000-4000-8000-000000000001",
                     *               "shots_set_id": null,
                     *               "info": {
                     *                 "thumb": {
                     *                   "mime-type": "image/jpeg",
                     *                   "size": 900,
                     *                   "md5": null,
                     *                   "width": null,
                     *                   "height": null,
                     *                   "FPS": null,
                     *                   "duration": null
                     *                 },
                     *                 "video": {
                     *                   "mime-type": "video/mp4",
                     *                   "size": 5000,
                     *                   "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *                   "width": 720,
                     *                   "height": 1280,
                     *                   "FPS": 29.97,
                     *                   "duration": 4.5
                     *                 }
                     *               },
                     *               "meta_data": {
                     *                 "note": "front"
                     *               },
                     *               "technical_meta_data": {}
                     *             }
                     *           ],
                     *           "confs": {
                     *             "extract_best_shot": false
                     *           },
                     *           "collection": null,
                     *           "error_code": null,
                     *           "error_message": null,
                     *           "meta_data": {},
                     *           "technical_meta_data": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Folder"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["ExternalError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    readMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Media. */
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580001,
                     *       "time_updated": 1764580002,
                     *       "media_id": "a1000000-0000-4000-8000-000000000001",
                     *       "media_type": "VIDEO_FOLDER",
                     *       "original_name": "selfie.mp4",
                     *       "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *       "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *       "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *       "preview_url": null,
                     *       "tags": [
                     *         "video_selfie",
                     *         "video_selfie_eyes"
                     *       ],
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "folder_time_created": 1764580000,
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "image_id": null,
                     *       "video_id": "a1000000-0000-4000-8000-000000000001",
                     *       "shots_set_id": null,
                     *       "info": {
                     *         "thumb": {
                     *           "mime-type": "image/jpeg",
                     *           "size": 900,
                     *           "md5": null,
                     *           "width": null,
                     *           "height": null,
                     *           "FPS": null,
                     *           "duration": null
                     *         },
                     *         "video": {
                     *           "mime-type": "video/mp4",
                     *           "size": 5000,
                     *           "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *           "width": 720,
                     *           "height": 1280,
                     *           "FPS": 29.97,
                     *           "duration": 4.5
                     *         }
                     *       },
                     *       "meta_data": {
                     *         "note": "front"
                     *       },
                     *       "technical_meta_data": {}
                     *     }
                     */
                    "application/json": components["schemas"]["Media"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Media. */
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    changeMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Media. */
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MediaChangeIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_created": 1764580001,
                     *       "time_updated": 1764580002,
                     *       "media_id": "a1000000-0000-4000-8000-000000000001",
                     *       "media_type": "VIDEO_FOLDER",
                     *       "original_name": "selfie.mp4",
                     *       "original_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *       "video_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/v.mp4",
                     *       "thumb_url": "https://id.example/static/a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/thumb.jpg",
                     *       "preview_url": null,
                     *       "tags": [
                     *         "video_selfie",
                     *         "video_selfie_eyes"
                     *       ],
                     *       "folder_id": "4c2c0d9a-0000-4000-8000-000000000001",
                     *       "folder_time_created": 1764580000,
                     *       "company_id": "5f8f8b9e-0000-4000-8000-000000000001",
                     *       "image_id": null,
                     *       "video_id": "a1000000-0000-4000-8000-000000000001",
                     *       "shots_set_id": null,
                     *       "info": {
                     *         "thumb": {
                     *           "mime-type": "image/jpeg",
                     *           "size": 900,
                     *           "md5": null,
                     *           "width": null,
                     *           "height": null,
                     *           "FPS": null,
                     *           "duration": null
                     *         },
                     *         "video": {
                     *           "mime-type": "video/mp4",
                     *           "size": 5000,
                     *           "md5": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                     *           "width": 720,
                     *           "height": 1280,
                     *           "FPS": 29.97,
                     *           "duration": 4.5
                     *         }
                     *       },
                     *       "meta_data": {
                     *         "note": "front"
                     *       },
                     *       "technical_meta_data": {}
                     *     }
                     */
                    "application/json": components["schemas"]["Media"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readMediaMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Media. */
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    replaceMediaMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Media. */
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    clearMediaMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Media. */
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    mergeMediaMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Media. */
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readOpenAPI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            500: components["responses"]["ServerError"];
        };
    };
    listReportTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplate"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createReportTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportTemplateIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplate"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readReportTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report template. */
                report_template_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplate"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteReportTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report template. */
                report_template_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    changeReportTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report template. */
                report_template_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReportTemplateChangeIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportTemplate"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listReportAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report template. */
                report_template_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    addReportAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report template. */
                report_template_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A photo, a video or a zip of frames, found out from its bytes.
                     */
                    file: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
            507: components["responses"]["DiskFull"];
        };
    };
    readReportAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report template. */
                report_template_id: string;
                /** @description Identifier of the Attachment. */
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteReportAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report template. */
                report_template_id: string;
                /** @description Identifier of the Attachment. */
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    downloadReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readSDKSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Model of a phone. */
                device_model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
        };
    };
    countFolders: {
        parameters: {
            query?: {
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("user_id" | "user_id{asc}" | "user_id{desc}" | "company_id" | "company_id{asc}" | "company_id{desc}" | "user_type" | "user_type{asc}" | "user_type{desc}" | "email" | "email{asc}" | "email{desc}" | "first_name" | "first_name{asc}" | "first_name{desc}" | "last_name" | "last_name{asc}" | "last_name{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                user_id?: string[];
                /** @description None of these. */
                "user_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                user_type?: ("ADMIN" | "OPERATOR" | "CLIENT" | "CLIENT_ADMIN" | "CLIENT_OPERATOR" | "CLIENT_SERVICE" | "null")[];
                /** @description None of these. */
                "user_type.exclude"?: ("ADMIN" | "OPERATOR" | "CLIENT" | "CLIENT_ADMIN" | "CLIENT_OPERATOR" | "CLIENT_SERVICE" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                email?: string[];
                /** @description None of these. */
                "email.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                first_name?: string[];
                /** @description None of these. */
                "first_name.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                last_name?: string[];
                /** @description None of these. */
                "last_name.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                is_active?: ("true" | "false" | "null")[];
                /** @description None of these. */
                "is_active.exclude"?: ("true" | "false" | "null")[];
                /** @description One of these, separated by commas; `null` means none. */
                is_service?: ("true" | "false" | "null")[];
                /** @description None of these. */
                "is_service.exclude"?: ("true" | "false" | "null")[];
                /** @description Words that must all occur. */
                search_text?: string;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
                /** @description Conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most 8. */
                meta_data?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserChangeIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readUserMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    replaceUserMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    clearUserMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    mergeUserMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metadata"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIn"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    endSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the User. */
                user_id: string;
                /** @description Number of a sign-in, as the list of sessions gives it. */
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            500: components["responses"]["ServerError"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Entries to leave out, 0. */
                offset?: number;
                /** @description Entries of a page, 100; -1 means all. */
                limit?: number;
                /** @description Fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}. */
                sorting?: ("folder_id" | "folder_id{asc}" | "folder_id{desc}" | "company_id" | "company_id{asc}" | "company_id{desc}" | "time_created" | "time_created{asc}" | "time_created{desc}" | "time_updated" | "time_updated{asc}" | "time_updated{desc}")[];
                /** @description Leaves `total_count` null, which is faster. */
                total_omit?: boolean;
                /** @description One of these, separated by commas; `null` means none. */
                delivery_id?: string[];
                /** @description None of these. */
                "delivery_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                folder_id?: string[];
                /** @description None of these. */
                "folder_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                company_id?: string[];
                /** @description None of these. */
                "company_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                group_id?: string[];
                /** @description None of these. */
                "group_id.exclude"?: string[];
                /** @description One of these, separated by commas; `null` means none. */
                state?: ("PENDING" | "DELIVERED" | "GIVEN_UP" | "null")[];
                /** @description None of these. */
                "state.exclude"?: ("PENDING" | "DELIVERED" | "GIVEN_UP" | "null")[];
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_created?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_created.less"?: string | unknown | unknown | unknown;
                /** @description At one of these times: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                time_updated?: (string | unknown | unknown | unknown)[];
                /** @description Not before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.min"?: string | unknown | unknown | unknown;
                /** @description Not after: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.max"?: string | unknown | unknown | unknown;
                /** @description After: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.greater"?: string | unknown | unknown | unknown;
                /** @description Before: seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today` */
                "time_updated.less"?: string | unknown | unknown | unknown;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Webhook delivery. */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Webhook delivery. */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    listWebhookSecrets: {
        parameters: {
            query?: {
                /** @description Whose secrets; without it the caller's. */
                company_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Secret"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    createWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecretIn"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Secret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the Webhook secret. */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    readReference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            500: components["responses"]["ServerError"];
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["ServerError"];
        };
    };
    downloadFile: {
        parameters: {
            query?: {
                /** @description Seconds since 1970 at which the link ends, where the installation signs links. */
                expires?: number;
                /** @description Signature of a link that ends. */
                signature?: string;
            };
            header?: never;
            path: {
                /** @description Unguessable part of a link. */
                key: string;
                /** @description Name of the file in the link. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            416: components["responses"]["RangeNotSatisfiable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Busy"];
        };
    };
    liteDetect: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: {
                /** @description Base64: so the body, or each part, is written, and a template in the answer. */
                "Content-Transfer-Encoding"?: "base64" | "binary";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/heic": string;
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A picture with one face.
                     */
                    bio_sample: string;
                    /** @description Whatever describes the picture; nothing in it is needed. */
                    metadata?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteLiveness"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteLivenessHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteHealth"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteCompare: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: {
                /** @description Base64: so the body, or each part, is written, and a template in the answer. */
                "Content-Transfer-Encoding"?: "base64" | "binary";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A template that this service has made.
                     */
                    bio_feature: string;
                    /**
                     * Format: binary
                     * @description A template that this service has made.
                     */
                    bio_template: string;
                };
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteComparison"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteExtract: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: {
                /** @description Base64: so the body, or each part, is written, and a template in the answer. */
                "Content-Transfer-Encoding"?: "base64" | "binary";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/heic": string;
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteExtractAndCompare: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: {
                /** @description Base64: so the body, or each part, is written, and a template in the answer. */
                "Content-Transfer-Encoding"?: "base64" | "binary";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A picture with one face.
                     */
                    sample_1: string;
                    /**
                     * Format: binary
                     * @description A picture with one face.
                     */
                    sample_2: string;
                };
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteComparison"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    litePatternHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteHealth"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteVerify: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: {
                /** @description Base64: so the body, or each part, is written, and a template in the answer. */
                "Content-Transfer-Encoding"?: "base64" | "binary";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A template that this service has made.
                     */
                    bio_template: string;
                    /**
                     * Format: binary
                     * @description A picture with one face.
                     */
                    sample: string;
                };
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteComparison"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteSiblingDetect: {
        parameters: {
            query?: {
                /** @description Language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two. */
                lang?: string;
            };
            header?: {
                /** @description Base64: so the body, or each part, is written, and a template in the answer. */
                "Content-Transfer-Encoding"?: "base64" | "binary";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/heic": string;
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A picture with one face.
                     */
                    bio_sample: string;
                    /** @description Whatever describes the picture; nothing in it is needed. */
                    metadata?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteLiveness"];
                };
            };
            /** @description Bad Request. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Too Many Requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Service Unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteSiblingHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteHealth"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
    liteVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteVersion"];
                };
            };
            /** @description Unauthorized. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
            /** @description Internal Server Error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiteError"];
                };
            };
        };
    };
}

/** Where each operation is found. */
export const routes = {
  addImages: { method: "POST", path: "/api/folders/{folder_id}/images" },
  addImportFiles: { method: "POST", path: "/api/collections/{collection_id}/imports/{import_id}/files" },
  addMedia: { method: "POST", path: "/api/folders/{folder_id}/media" },
  addPerson: { method: "POST", path: "/api/collections/{collection_id}/persons" },
  addPersonImages: { method: "POST", path: "/api/collections/{collection_id}/persons/{person_id}/images" },
  addReportAttachments: { method: "POST", path: "/api/report_templates/{report_template_id}/attachments" },
  changeCollection: { method: "PATCH", path: "/api/collections/{collection_id}" },
  changeCompany: { method: "PATCH", path: "/api/companies/{company_id}" },
  changeFolder: { method: "PATCH", path: "/api/folders/{folder_id}" },
  changeMedia: { method: "PATCH", path: "/api/media/{media_id}" },
  changePerson: { method: "PATCH", path: "/api/collections/{collection_id}/persons/{person_id}" },
  changeReportTemplate: { method: "PATCH", path: "/api/report_templates/{report_template_id}" },
  changeUser: { method: "PATCH", path: "/api/users/{user_id}" },
  clearAnalysisMeta: { method: "DELETE", path: "/api/analyses/{analyse_id}/meta_data" },
  clearCollectionMeta: { method: "DELETE", path: "/api/collections/{collection_id}/meta_data" },
  clearFolderMeta: { method: "DELETE", path: "/api/folders/{folder_id}/meta_data" },
  clearMediaMeta: { method: "DELETE", path: "/api/media/{media_id}/meta_data" },
  clearPersonMeta: { method: "DELETE", path: "/api/collections/{collection_id}/persons/{person_id}/meta_data" },
  clearUserMeta: { method: "DELETE", path: "/api/users/{user_id}/meta_data" },
  countFolders: { method: "GET", path: "/api/statistic/folders" },
  createCaptureLink: { method: "POST", path: "/api/captures/links" },
  createCaptureToken: { method: "GET", path: "/api/authorize/session_token" },
  createCollection: { method: "POST", path: "/api/collections" },
  createCompany: { method: "POST", path: "/api/companies" },
  createFolder: { method: "POST", path: "/api/folders" },
  createImport: { method: "POST", path: "/api/collections/{collection_id}/imports" },
  createReportTemplate: { method: "POST", path: "/api/report_templates" },
  createServiceToken: { method: "POST", path: "/api/authorize/service_token" },
  createServiceTokenOf: { method: "POST", path: "/api/authorize/service_token/{user_id}" },
  createUser: { method: "POST", path: "/api/users" },
  createWebhookSecret: { method: "POST", path: "/api/webhook_secrets" },
  decideAnalysis: { method: "PATCH", path: "/api/analyses/{analyse_id}" },
  deleteAnalysis: { method: "DELETE", path: "/api/analyses/{analyse_id}" },
  deleteCollection: { method: "DELETE", path: "/api/collections/{collection_id}" },
  deleteCompany: { method: "DELETE", path: "/api/companies/{company_id}" },
  deleteFolder: { method: "DELETE", path: "/api/folders/{folder_id}" },
  deleteImage: { method: "DELETE", path: "/api/folders/{folder_id}/images/{image_id}" },
  deleteImport: { method: "DELETE", path: "/api/collections/{collection_id}/imports/{import_id}" },
  deleteMedia: { method: "DELETE", path: "/api/media/{media_id}" },
  deletePerson: { method: "DELETE", path: "/api/collections/{collection_id}/persons/{person_id}" },
  deletePersonImage: { method: "DELETE", path: "/api/collections/{collection_id}/persons/{person_id}/images/{person_image_id}" },
  deleteReport: { method: "DELETE", path: "/api/reports/{report_id}" },
  deleteReportAttachment: { method: "DELETE", path: "/api/report_templates/{report_template_id}/attachments/{attachment_id}" },
  deleteReportTemplate: { method: "DELETE", path: "/api/report_templates/{report_template_id}" },
  deleteUser: { method: "DELETE", path: "/api/users/{user_id}" },
  deleteWebhookSecret: { method: "DELETE", path: "/api/webhook_secrets/{secret_id}" },
  downloadFile: { method: "GET", path: "/static/{key}/{name}" },
  downloadReport: { method: "GET", path: "/api/reports/{report_id}/download" },
  drawCapture: { method: "POST", path: "/api/authorize/session_token" },
  endSession: { method: "DELETE", path: "/api/users/{user_id}/sessions/{session}" },
  endSessions: { method: "DELETE", path: "/api/users/{user_id}/sessions" },
  getServiceToken: { method: "GET", path: "/api/authorize/service_token" },
  getServiceTokenOf: { method: "GET", path: "/api/authorize/service_token/{user_id}" },
  judgeFolder: { method: "POST", path: "/api/instant/folders" },
  listAnalyses: { method: "GET", path: "/api/analyses" },
  listAudit: { method: "GET", path: "/api/audit" },
  listCollections: { method: "GET", path: "/api/collections" },
  listCompanies: { method: "GET", path: "/api/companies" },
  listDeliveries: { method: "GET", path: "/api/webhook_deliveries" },
  listEventSessions: { method: "GET", path: "/api/event_sessions" },
  listFolderAnalyses: { method: "GET", path: "/api/folders/{folder_id}/analyses" },
  listFolderDeliveries: { method: "GET", path: "/api/folders/{folder_id}/webhooks" },
  listFolderEvents: { method: "GET", path: "/api/folders/{folder_id}/events" },
  listFolderMedia: { method: "GET", path: "/api/folders/{folder_id}/media" },
  listFolders: { method: "GET", path: "/api/folders" },
  listImages: { method: "GET", path: "/api/folders/{folder_id}/images" },
  listImportFiles: { method: "GET", path: "/api/collections/{collection_id}/imports/{import_id}/files" },
  listImports: { method: "GET", path: "/api/collections/{collection_id}/imports" },
  listPersonImages: { method: "GET", path: "/api/collections/{collection_id}/persons/{person_id}/images" },
  listPersons: { method: "GET", path: "/api/collections/{collection_id}/persons" },
  listReportAttachments: { method: "GET", path: "/api/report_templates/{report_template_id}/attachments" },
  listReportTemplates: { method: "GET", path: "/api/report_templates" },
  listReports: { method: "GET", path: "/api/folders/{folder_id}/reports" },
  listSessions: { method: "GET", path: "/api/users/{user_id}/sessions" },
  listUsers: { method: "GET", path: "/api/users" },
  listWebhookSecrets: { method: "GET", path: "/api/webhook_secrets" },
  liteCompare: { method: "POST", path: "/v1/face/pattern/compare" },
  liteDetect: { method: "POST", path: "/v1/face/liveness/detect" },
  liteExtract: { method: "POST", path: "/v1/face/pattern/extract" },
  liteExtractAndCompare: { method: "POST", path: "/v1/face/pattern/extract_and_compare" },
  liteLivenessHealth: { method: "GET", path: "/v1/face/liveness/health" },
  litePatternHealth: { method: "GET", path: "/v1/face/pattern/health" },
  liteSiblingDetect: { method: "POST", path: "/v1/liveness/detect" },
  liteSiblingHealth: { method: "GET", path: "/v1/liveness/health" },
  liteVerify: { method: "POST", path: "/v1/face/pattern/verify" },
  liteVersion: { method: "GET", path: "/version" },
  makeReport: { method: "POST", path: "/api/folders/{folder_id}/reports" },
  mergeAnalysisMeta: { method: "PATCH", path: "/api/analyses/{analyse_id}/meta_data" },
  mergeCollectionMeta: { method: "PATCH", path: "/api/collections/{collection_id}/meta_data" },
  mergeFolderMeta: { method: "PATCH", path: "/api/folders/{folder_id}/meta_data" },
  mergeMediaMeta: { method: "PATCH", path: "/api/media/{media_id}/meta_data" },
  mergePersonMeta: { method: "PATCH", path: "/api/collections/{collection_id}/persons/{person_id}/meta_data" },
  mergePersons: { method: "POST", path: "/api/collections/{collection_id}/persons/{person_id}/merge" },
  mergeUserMeta: { method: "PATCH", path: "/api/users/{user_id}/meta_data" },
  movePerson: { method: "POST", path: "/api/collections/{collection_id}/persons/{person_id}/move" },
  orderAnalyses: { method: "POST", path: "/api/folders/{folder_id}/analyses" },
  readAnalysis: { method: "GET", path: "/api/analyses/{analyse_id}" },
  readAnalysisMeta: { method: "GET", path: "/api/analyses/{analyse_id}/meta_data" },
  readCaptureLimits: { method: "GET", path: "/api/capture_limits" },
  readCaptureLink: { method: "GET", path: "/api/captures/links/{link_id}" },
  readCollection: { method: "GET", path: "/api/collections/{collection_id}" },
  readCollectionMeta: { method: "GET", path: "/api/collections/{collection_id}/meta_data" },
  readCompany: { method: "GET", path: "/api/companies/{company_id}" },
  readConfig: { method: "GET", path: "/api/config" },
  readDelivery: { method: "GET", path: "/api/webhook_deliveries/{delivery_id}" },
  readFolder: { method: "GET", path: "/api/folders/{folder_id}" },
  readFolderMeta: { method: "GET", path: "/api/folders/{folder_id}/meta_data" },
  readHealth: { method: "GET", path: "/healthz" },
  readImage: { method: "GET", path: "/api/folders/{folder_id}/images/{image_id}" },
  readImport: { method: "GET", path: "/api/collections/{collection_id}/imports/{import_id}" },
  readMedia: { method: "GET", path: "/api/media/{media_id}" },
  readMediaMeta: { method: "GET", path: "/api/media/{media_id}/meta_data" },
  readOpenAPI: { method: "GET", path: "/api/openapi.json" },
  readPerson: { method: "GET", path: "/api/collections/{collection_id}/persons/{person_id}" },
  readPersonMeta: { method: "GET", path: "/api/collections/{collection_id}/persons/{person_id}/meta_data" },
  readReference: { method: "GET", path: "/docs" },
  readReport: { method: "GET", path: "/api/reports/{report_id}" },
  readReportAttachment: { method: "GET", path: "/api/report_templates/{report_template_id}/attachments/{attachment_id}" },
  readReportTemplate: { method: "GET", path: "/api/report_templates/{report_template_id}" },
  readSDKSettings: { method: "GET", path: "/api/sdk_settings/{device_model}" },
  readStart: { method: "GET", path: "/" },
  readUser: { method: "GET", path: "/api/users/{user_id}" },
  readUserMeta: { method: "GET", path: "/api/users/{user_id}/meta_data" },
  readVersion: { method: "GET", path: "/api/version" },
  refreshSession: { method: "POST", path: "/api/authorize/refresh" },
  replaceAnalysisMeta: { method: "POST", path: "/api/analyses/{analyse_id}/meta_data" },
  replaceCollectionMeta: { method: "POST", path: "/api/collections/{collection_id}/meta_data" },
  replaceFolderMeta: { method: "POST", path: "/api/folders/{folder_id}/meta_data" },
  replaceMediaMeta: { method: "POST", path: "/api/media/{media_id}/meta_data" },
  replacePersonMeta: { method: "POST", path: "/api/collections/{collection_id}/persons/{person_id}/meta_data" },
  replaceUserMeta: { method: "POST", path: "/api/users/{user_id}/meta_data" },
  replayDelivery: { method: "POST", path: "/api/webhook_deliveries/{delivery_id}/replay" },
  saveEventSession: { method: "POST", path: "/api/event_sessions" },
  searchCollection: { method: "POST", path: "/api/collections/{collection_id}/search" },
  signIn: { method: "POST", path: "/api/authorize/auth" },
  signOut: { method: "DELETE", path: "/api/authorize/session" },
  splitPerson: { method: "POST", path: "/api/collections/{collection_id}/persons/{person_id}/split" },
  startAnalyses: { method: "PATCH", path: "/api/folders/{folder_id}/analyses" },
  startImport: { method: "POST", path: "/api/collections/{collection_id}/imports/{import_id}/start" },
} as const satisfies Record<keyof operations, { method: string; path: string }>;
