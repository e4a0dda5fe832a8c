# What the faults' lines may use, beside `aws` and `git`.

# push TAG ARCHITECTURE BUILD: what `docker push` leaves in the registry, of an image that was built for ARCHITECTURE.
# Two pushes of one BUILD are one image: the digest is that of the manifest.
push() {
  local config layer
  config="sha256:$(printf 'config of %s for %s' "$3" "$2" | sha256sum | cut -d ' ' -f 1)"
  layer="sha256:$(printf 'layer of %s' "$3" | sha256sum | cut -d ' ' -f 1)"
  curl --silent --show-error --fail --data "{\"blobs\": {\"$config\":
    \"{\\\"architecture\\\": \\\"$2\\\", \\\"os\\\": \\\"linux\\\"}\"}}" "$CONTROL/landfall-control"
  aws ecr put-image --repository-name news-aggregator-api --image-tag "$1" --image-manifest '{
    "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 120, "digest": "'"$config"'"},
    "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "size": 31000000, "digest": "'"$layer"'"}]}'
}

# register: the file becomes the newest revision.
register() {
  aws ecs register-task-definition --cli-input-json file://task-definition.json \
    --query taskDefinition.taskDefinitionArn --output text
}

# release OPTIONS: the file becomes the newest revision, and the service runs it.
release() {
  local revision
  revision=$(register)
  aws ecs update-service --cluster news-api-cluster --service news-api-service --task-definition "$revision" "$@"
}

# again OPTIONS: the service replaces its tasks.
again() {
  aws ecs update-service --cluster news-api-cluster --service news-api-service --force-new-deployment "$@"
}

# Without it ECS goes back to the last revision that worked, and what is wrong is no longer in use.
NO_BREAKER='--deployment-configuration=deploymentCircuitBreaker={enable=false,rollback=false}'

# private_subnets: two subnets with a route table of their own, in which nothing leads out: $PRIVATE, $PRIVATE_TABLE.
private_subnets() {
  local zone number=128 subnet
  PRIVATE_TABLE=$(aws ec2 create-route-table --vpc-id "$VPC" --query RouteTable.RouteTableId --output text)
  PRIVATE=
  for zone in us-east-1a us-east-1b; do
    subnet=$(aws ec2 create-subnet --vpc-id "$VPC" --cidr-block "172.31.$number.0/24" --availability-zone "$zone" \
      --query Subnet.SubnetId --output text)
    aws ec2 associate-route-table --route-table-id "$PRIVATE_TABLE" --subnet-id "$subnet" --output text
    PRIVATE="${PRIVATE:+$PRIVATE,}$subnet"
    number=$((number + 1))
  done
}
