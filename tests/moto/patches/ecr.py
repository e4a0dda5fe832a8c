"""ECR: digests are those of the manifest, and image configs can be fetched."""

import hashlib

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr.models import Image
from moto.ecr.responses import ECRResponse

from state import state


class LayersNotFoundException(ServiceException):
    code = "LayersNotFoundException"


def create_digest(self):
    self._image_digest = "sha256:" + hashlib.sha256(self.image_manifest.encode()).hexdigest()


def get_download_url_for_layer(self):
    digest = self._get_param("layerDigest")
    if digest not in state.blobs:
        raise LayersNotFoundException(f"The layer {digest} does not exist in this repository.")
    return ActionResult({"downloadUrl": f"{state.control}/blobs/{digest}", "layerDigest": digest})


def apply():
    Image._create_digest = create_digest
    ECRResponse.get_download_url_for_layer = get_download_url_for_layer
