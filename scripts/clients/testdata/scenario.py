"""Creates a folder with a photo by the generated Python client and reads it."""

import os
import uuid

from bonafide_api_client import AuthenticatedClient, Client
from bonafide_api_client.api.authorize import sign_in
from bonafide_api_client.api.folders import create_folder, read_folder
from bonafide_api_client.models.create_folder_files_body import CreateFolderFilesBody
from bonafide_api_client.models.credentials_in import CredentialsIn
from bonafide_api_client.models.error import Error
from bonafide_api_client.models.folder_in import FolderIn
from bonafide_api_client.models.sign_in_in import SignInIn
from bonafide_api_client.types import File

url = os.environ["BONAFIDE_URL"]
who = SignInIn(CredentialsIn(os.environ["BONAFIDE_EMAIL"], os.environ["BONAFIDE_PASSWORD"]))
session = sign_in.sync(client=Client(url), body=who)
client = AuthenticatedClient(url, session.access_token, prefix="", auth_header_name="X-Forensic-Access-Token")

with open(os.environ["BONAFIDE_SELFIE"], "rb") as photo:
    payload = FolderIn.from_dict({"media:tags": {"file": ["photo_selfie"]}, "folder:meta_data": {"transaction_id": "T-1"}})
    made = create_folder.sync(client=client, body=CreateFolderFilesBody(payload=payload, file=File(photo, "selfie.jpg", "image/jpeg")))
folder = read_folder.sync(made.folder_id, client=client, with_analyses=True)
media = folder.media[0]
assert (media.original_name, media.tags, media.media_type) == ("selfie.jpg", ["photo_selfie"], "IMAGE_FOLDER"), media
assert folder.meta_data["transaction_id"] == "T-1" and folder.resolution_status == "INITIAL" and folder.analyses == [], folder
missing = read_folder.sync(uuid.uuid4(), client=client)
assert isinstance(missing, Error) and missing.error_code == 10, missing
print("python: folder", folder.folder_id)
