//! Who is asking: `sts:GetCallerIdentity`.

use super::calls;
use super::endpoint::Partition;
use super::error::{FactFrom, ReadError, worth_asking_at_home};
use super::read::Reader;
use crate::account::{AccountId, Arn, Caller, Fact, Principal};

pub(super) async fn caller(reader: &Reader) -> Fact<Caller> {
    let here = identity(reader).await;
    let read = match here {
        // A region that is not switched on gives the same error as a key that nobody knows: home tells them apart.
        Err(error) if worth_asking_at_home(reader.region(), &error) => {
            let home = reader.in_region(Partition::of(reader.region()).home());
            identity(&home).await
        }
        other => other,
    };
    read.fact(&[])
}

async fn identity(reader: &Reader) -> Result<Caller, ReadError> {
    let call = &calls::GET_CALLER_IDENTITY;
    let answer = reader
        .sdk(call, Box::pin(reader.sts().get_caller_identity().send()))
        .await?;
    let (Some(account), Some(arn)) = (answer.account, answer.arn) else {
        return Err(ReadError::other(
            call,
            "STS answered without an account or an ARN",
        ));
    };
    let arn = Arn::from(arn);
    Ok(Caller {
        account: AccountId::from(account),
        principal: Principal::from_arn(&arn),
        arn,
    })
}
